namespace Sallyport.IotHub.Provisioning;

/// <summary>How far a registration is. Closed: the nested records are all there is.</summary>
public abstract record ProvisioningStep
{
    private ProvisioningStep()
    {
    }

    /// <summary>Dials and shows a certificate.</summary>
    /// <param name="Host">Name and port.</param>
    /// <param name="Certificate">Subject and serial number of the certificate.</param>
    public sealed record Connecting(string Host, string Certificate) : ProvisioningStep;

    /// <summary>The service is who it should be and let us in.</summary>
    public sealed record Connected : ProvisioningStep
    {
        /// <summary>The only instance.</summary>
        public static Connected Instance { get; } = new();
    }

    /// <summary>The registration is sent.</summary>
    /// <param name="RegistrationId">Whose.</param>
    public sealed record Registering(string RegistrationId) : ProvisioningStep;

    /// <summary>The service works on it.</summary>
    /// <param name="OperationId">Its name for that work.</param>
    /// <param name="Wait">When we ask next.</param>
    public sealed record Assigning(string OperationId, TimeSpan Wait) : ProvisioningStep;

    /// <summary>The service has no time; we ask again.</summary>
    /// <param name="Code">429, or 500 and above.</param>
    /// <param name="Wait">When.</param>
    public sealed record Throttled(int Code, TimeSpan Wait) : ProvisioningStep;

    /// <summary>A certificate was refused, and there is another.</summary>
    /// <param name="Words">Why, as far as is known.</param>
    public sealed record FallingBack(string Words) : ProvisioningStep;
}
