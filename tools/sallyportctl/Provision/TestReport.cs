using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.IotHub.Provisioning;
using Spectre.Console;

namespace Sallyport.Ctl.Provision;

/// <summary>What became of a registration, and how far it came.</summary>
internal sealed class TestReport(ProvisioningTarget target, ImmutableArray<(TimeSpan At, ProvisioningStep Step)> steps, ProvisioningOutcome outcome) : IReport
{
    private ProvisioningOutcome.Assigned? Assigned => outcome as ProvisioningOutcome.Assigned;

    /// <inheritdoc/>
    public ExitCode ExitCode => Assigned is null ? ExitCode.Problems : ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline(
            Assigned is { } assigned
                ? $"{target.RegistrationId} is assigned to {assigned.Assignment.HubHostName} as {assigned.Assignment.DeviceId}."
                : $"{target.RegistrationId} gets no hub: {ProvisionWords.ReasonOf(outcome)}.",
            Assigned is null ? Color.Red : Color.Green);
        screen.Table(new ReportTable("Steps", [">Seconds", "Step"], [.. steps.Select(Row)]));
        if (Assigned is { } found)
        {
            screen.Table(new ReportTable("Assignment", ["What", "Value"], Rows(found)));
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("outcome", ProvisionWords.NameOf(outcome));
        json.WriteString("service", target.HostText);
        json.WriteString("idScope", target.IdScope);
        json.WriteString("registrationId", target.RegistrationId);
        json.WriteStartArray("steps");
        foreach ((TimeSpan at, ProvisioningStep step) in steps)
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", Math.Round(at.TotalSeconds, 1));
            json.WriteString("step", ProvisionWords.For(step));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (Assigned is { } assigned)
        {
            json.WriteString("hub", assigned.Assignment.HubHostName);
            json.WriteString("device", assigned.Assignment.DeviceId);
            json.WriteString("certificate", assigned.Certificate.Thumbprint);
            json.WriteString("change", assigned.Change.ToString());
        }
        else
        {
            json.WriteString("reason", ProvisionWords.ReasonOf(outcome));
        }
    }

    private static ImmutableArray<string> Row((TimeSpan At, ProvisioningStep Step) step) =>
        [step.At.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture), ProvisionWords.For(step.Step)];

    private static ImmutableArray<ImmutableArray<string>> Rows(ProvisioningOutcome.Assigned assigned) =>
    [
        ["hub", assigned.Assignment.HubHostName],
        ["device", assigned.Assignment.DeviceId],
        ["certificate", assigned.Certificate.ToString()],
        ["data", ProvisionWords.For(assigned.Change)],
        .. assigned.Payload.IsEmpty ? ImmutableArray<ImmutableArray<string>>.Empty : [["payload", Encoding.UTF8.GetString(assigned.Payload.Span)]],
    ];
}
