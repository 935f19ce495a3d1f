using System.Text.Json.Nodes;

namespace Sallyport.Simulator.Workload;

/// <summary>An answer of the workload API.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON object.</param>
internal sealed record WorkloadReply(int Status, JsonObject Body)
{
    public static WorkloadReply Ok(string name, string value) => new(200, new JsonObject { [name] = value });

    public static WorkloadReply Refused(int status, string reason) => new(status, new JsonObject { ["message"] = reason });
}
