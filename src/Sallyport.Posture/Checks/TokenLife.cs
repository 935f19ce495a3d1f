using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>A stolen token is worth little.</summary>
internal sealed class TokenLife : PostureCheck
{
    public override string Id => "token-life";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "Tokens live as long as policy says, and not longer.";

    public override string Iec62443 => "SR 1.5";

    public override string Nist80082 => "IA-5";

    public override string Remedy => "Set the life of tokens to an hour, and look for a module that connects with a token from a connection string.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy)
    {
        if (evidence.Gateway.LongestTokenLife is not { } left)
        {
            return PostureVerdict.CannotTell("No module says how long its token lives.");
        }

        string seen = string.Create(CultureInfo.InvariantCulture, $"The token that lives longest ends in {left.TotalMinutes:0} minutes; {policy.LongestTokenLife.TotalMinutes:0} are allowed.");
        return left > policy.LongestTokenLife + Tolerance ? PostureVerdict.Fail(seen) : PostureVerdict.Pass(seen);
    }

    // Tokens are dated by the clock of the module, and the number was read a moment ago.
    private static TimeSpan Tolerance => TimeSpan.FromMinutes(1);
}
