using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Simulator.Provisioning;

/// <summary>Who may register. Closed: the nested records are all there is.</summary>
internal abstract record Enrolment
{
    private Enrolment(string name)
    {
        Name = name;
    }

    /// <summary>Registration id of an individual enrolment, or the group's own name.</summary>
    public string Name { get; }

    /// <summary>Whether it is switched off.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Everybody with a certificate that ends in an authority; its common name is the registration id.</summary>
    /// <param name="Id">The group's own name.</param>
    /// <param name="Authorities">Primary and, during a change of authority, secondary.</param>
    public sealed record Group(string Id, IReadOnlyList<X509Certificate2> Authorities) : Enrolment(Id);

    /// <summary>One device with one of two certificates.</summary>
    /// <param name="RegistrationId">The common name of its certificates.</param>
    /// <param name="Thumbprints">SHA-256, upper-case hexadecimal: primary and secondary.</param>
    public sealed record Individual(string RegistrationId, IReadOnlyList<string> Thumbprints) : Enrolment(RegistrationId)
    {
        /// <summary>The device id to give; null for the registration id.</summary>
        public string? DeviceId { get; init; }
    }
}
