using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Status;

/// <summary>Nobody answers, or somebody else does.</summary>
internal sealed class UnreachableReport(Uri address, string reason) : IStatusReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.WrongUsage;

    /// <inheritdoc/>
    public string Headline => $"The Watchdog cannot be asked at {address}: {reason}";

    /// <inheritdoc/>
    public ImmutableArray<ReportTable> Tables => [];

    /// <inheritdoc/>
    public void Show(Screen screen) => screen.Complain(Headline);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("verdict", "unreachable");
        json.WriteString("address", address.AbsoluteUri);
        json.WriteString("reason", reason);
    }
}
