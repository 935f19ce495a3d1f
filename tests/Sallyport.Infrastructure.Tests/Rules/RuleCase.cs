using System.Text.Json.Nodes;

namespace Sallyport.Infrastructure.Tests.Rules;

/// <summary>What came in of a fleet, and what a rule tells of it and when.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Test">What is shown.</param>
/// <param name="Written">As it stands in the file: README.md of the folder says how.</param>
internal sealed record RuleCase(string Rule, string Test, JsonObject Written)
{
    /// <summary>As our stand-in for Azure Monitor takes it.</summary>
    public JsonObject ToJson()
    {
        JsonObject all = Written.DeepClone().AsObject();
        all["rule"] = Rule;
        return all;
    }
}
