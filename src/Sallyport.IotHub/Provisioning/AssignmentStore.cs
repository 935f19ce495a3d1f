using System.Text.Json;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Keeps the last assignment on the module's volume, so that it can start while the provisioning service is away. Authenticated with the module's key.</summary>
/// <param name="store">In a folder of its own.</param>
/// <param name="target">An assignment of another service, scope or device is not used.</param>
public sealed class AssignmentStore(PlanStore store, ProvisioningTarget target)
{
    private const long FormatVersion = 1;

    /// <summary>Opens the store of a module.</summary>
    /// <param name="folder">The module's data folder.</param>
    /// <param name="key">The module's key.</param>
    /// <param name="moduleId">The module.</param>
    /// <param name="target">Whose assignment it is.</param>
    public static AssignmentStore Open(string folder, IModuleKey key, string moduleId, ProvisioningTarget target) =>
        new(new PlanStore(Path.Combine(folder, "provisioning"), key, $"{moduleId}/provisioning"), target); // No module's name has a slash.

    /// <summary>The assignment and the thumbprint of the certificate that it was made with; null with the reason if there is none that can be used.</summary>
    public async Task<(HubAssignment? Assignment, string Thumbprint, string Reason)> LoadAsync(CancellationToken cancellationToken)
    {
        switch (await store.LoadAsync(cancellationToken))
        {
            case PlanLoad.Loaded { Plan: { Version: FormatVersion } plan }:
                return Read(plan.Desired);
            case PlanLoad.Refused refused:
                return (null, "", refused.Reason);
            default:
                return (null, "", "Nothing is stored.");
        }
    }

    /// <summary>Replaces the assignment; durable when it returns.</summary>
    /// <returns>Null, or why it is not stored.</returns>
    public async Task<string?> SaveAsync(HubAssignment assignment, string thumbprint, CancellationToken cancellationToken)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartObject();
            json.WriteString("service", target.HostText);
            json.WriteString("idScope", target.IdScope);
            json.WriteString("registrationId", target.RegistrationId);
            json.WriteString("certificate", thumbprint);
            json.WriteString("hub", assignment.HubHostName);
            json.WriteString("device", assignment.DeviceId);
            json.WriteEndObject();
        }

        return await store.SaveAsync(new StoredPlan(FormatVersion, document.ToArray()), cancellationToken) is PlanSave.NotSaved notSaved ? notSaved.Reason : null;
    }

    // Only we can have written it: what is missing is our own doing, in another version.
    private (HubAssignment? Assignment, string Thumbprint, string Reason) Read(ReadOnlyMemory<byte> document)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document);
            string Text(string name) => parsed.RootElement.GetProperty(name).GetString() ?? "";
            bool Is(string name, string value) => string.Equals(Text(name), value, StringComparison.Ordinal);
            return Is("service", target.HostText) && Is("idScope", target.IdScope) && Is("registrationId", target.RegistrationId)
                ? (new HubAssignment(Text("hub"), Text("device")), Text("certificate"), "")
                : (null, "", "The stored assignment is of another service, scope or registration id.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, "", "The stored assignment is of another version.");
        }
    }
}
