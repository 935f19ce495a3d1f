using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Device;
using Spectre.Console;

namespace Sallyport.Ctl.Eip;

/// <summary>Who a controller is.</summary>
internal sealed class IdentityReport(ControllerPlan plan, IdentifyOutcome outcome) : IReport
{
    private const ushort CommunicationsAdapter = 12;
    private const ushort Rockwell = 1;

    private readonly IdentityObject? _identity = outcome switch
    {
        IdentifyOutcome.Identified identified => identified.Identity,
        IdentifyOutcome.WrongDevice wrong => wrong.Identity,
        _ => null,
    };

    /// <inheritdoc/>
    public ExitCode ExitCode => _identity is null ? ExitCode.Problems : ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        if (_identity is not { } identity)
        {
            screen.Headline($"{Place}: nobody says who he is.", Color.Red);
            screen.Line(ReachAdvice.Of(plan, Reason));
            return;
        }

        screen.Headline($"{identity.ProductName} at {Place}", Color.Green);
        screen.Table(new ReportTable("Identity", ["Field", "Value"], RowsOf(identity)));
        foreach (string warning in WarningsOf(identity))
        {
            screen.Line($"warning: {warning}");
        }

        screen.Line("In the twin, so that only this device is read (\"exact\" refuses newer firmware too):");
        screen.Line($"  {IdentityKeys.Text(identity)}");
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("host", plan.Host);
        json.WriteNumber("port", plan.Port);
        json.WriteString("path", plan.Route.Text);
        if (_identity is not { } identity)
        {
            json.WriteString("error", Reason);
            return;
        }

        json.WriteString("productName", identity.ProductName);
        json.WriteNumber("vendor", identity.Vendor);
        json.WriteNumber("deviceType", identity.DeviceType);
        json.WriteNumber("productCode", identity.ProductCode);
        json.WriteString("revision", identity.Revision.ToString());
        json.WriteString("serial", IdentityKeys.Serial(identity));
        json.WriteString("mode", identity.Status.Mode.ToString());
        json.WriteString("keySwitch", identity.Status.KeySwitch.ToString());
        json.WriteStartArray("warnings");
        foreach (string warning in WarningsOf(identity))
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
    }

    private string Place => string.Create(CultureInfo.InvariantCulture, $"{plan.Host}:{plan.Port}{(plan.Route.IsEmpty ? "" : $", path {plan.Route.Text}")}");

    private string Reason => outcome is IdentifyOutcome.NotReached silent ? silent.Reason : "";

    private static ImmutableArray<ImmutableArray<string>> RowsOf(IdentityObject identity) =>
    [
        ["Vendor", identity.Vendor is Rockwell ? "1 (Rockwell Automation)" : Number(identity.Vendor)],
        ["Device type", identity.DeviceType switch { 14 => "14 (controller)", CommunicationsAdapter => "12 (communications adapter)", _ => Number(identity.DeviceType) }],
        ["Product code", Number(identity.ProductCode)],
        ["Revision", identity.Revision.ToString()],
        ["Serial number", IdentityKeys.Serial(identity)],
        ["Mode", identity.Status.Mode.ToString()],
        ["Key switch", identity.Status.KeySwitch.ToString()],
    ];

    private IEnumerable<string> WarningsOf(IdentityObject identity)
    {
        if (identity.DeviceType is CommunicationsAdapter)
        {
            yield return "This is an adapter, not the controller behind it: add --path, for example 1,0 for a controller in slot 0.";
        }

        if (identity.IsMicro800 && !plan.Route.IsEmpty)
        {
            yield return "A Micro800 has no path: leave it out.";
        }

        if (identity.Status.KeySwitch is KeySwitch.Remote or KeySwitch.Program)
        {
            yield return "The program can be changed over the network: turn the key to RUN and take it out.";
        }

        if (identity.Status.HasMajorRecoverableFault || identity.Status.HasMajorUnrecoverableFault)
        {
            yield return "The controller has a major fault: its values stand still.";
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
