using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sallyport.Hosting.Configuration;

/// <summary>What the twin's reported property <c>configuration</c> says about the desired properties.</summary>
/// <param name="Code"><c>ac</c>: 200 accepted, 400 refused.</param>
/// <param name="Version"><c>av</c>: the desired version that is judged; 0 for a local file.</param>
/// <param name="Description"><c>ad</c>: one sentence.</param>
/// <param name="Faults">Empty when accepted.</param>
/// <remarks>The names are those of IoT Plug and Play's acknowledgements. Texts and list are cut so that the report stays far below the twin's 32 KiB.</remarks>
internal sealed record PlanReport(int Code, long Version, string Description, ImmutableArray<PlanFault> Faults)
{
    public const int AcceptedCode = 200;
    public const int RefusedCode = 400;

    private const int MaxFaults = 16;
    private const int MaxTextLength = 256;

    public static PlanReport Accepted(long version, string description) => new(AcceptedCode, version, description, []);

    public static PlanReport Refused(long version, string description, ImmutableArray<PlanFault> faults) =>
        new(RefusedCode, version, description, faults);

    /// <summary>Cuts a text to what the twin can hold of it.</summary>
    public static string Cut(string text) => text.Length <= MaxTextLength ? text : string.Concat(text.AsSpan(0, MaxTextLength), "…");

    /// <summary>The patch. Made anew for each attempt: a JSON node belongs to one tree.</summary>
    public JsonObject ToPatch() => new()
    {
        ["configuration"] = new JsonObject
        {
            ["ac"] = Code,
            ["av"] = Version,
            ["ad"] = Cut(Description),

            // Null removes the faults of an earlier refusal.
            ["faults"] = Faults.IsEmpty ? null : FaultList(),
        },
    };

    private JsonArray FaultList()
    {
        var list = new JsonArray();
        foreach (PlanFault fault in Faults.Take(MaxFaults))
        {
            list.Add((JsonNode)Entry(fault.Pointer, fault.Reason));
        }

        if (Faults.Length > MaxFaults)
        {
            list.Add((JsonNode)Entry("", $"There are {Faults.Length - MaxFaults} more faults."));
        }

        return list;
    }

    private static JsonObject Entry(string pointer, string reason) => new() { ["pointer"] = Cut(pointer), ["reason"] = Cut(reason) };
}
