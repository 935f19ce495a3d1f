using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Hosting;

namespace Sallyport.EtherNetIpReader.Tests;

/// <summary>Plans for tests, from the documents that users would write.</summary>
internal static class Plans
{
    /// <summary>A controller <c>line-1</c> that may be any device.</summary>
    public const string AnyDevice = """{"host":"line-1","keying":"ignore"}""";

    public static EtherNetIpPlan Read(string json) => Assert.IsType<PlanReading<EtherNetIpPlan>.Accepted>(Judge(json)).Plan;

    public static PlanReading<EtherNetIpPlan> Judge(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new EtherNetIpPlanReader().Read(document.RootElement);
    }

    public static ImmutableArray<PlanFault> Faults(string json) => Assert.IsType<PlanReading<EtherNetIpPlan>.Refused>(Judge(json)).Faults;

    /// <summary>A controller <c>line-1</c> with these members, and nothing to read.</summary>
    public static string WithController(string members) => Object($"\"controllers\":{{\"line-1\":{Object(members)}}},\"groups\":{{}},\"tags\":{{}}");

    /// <summary>A controller <c>line-1</c> with these tags and a group <c>fast</c>, every second.</summary>
    public static string WithTags(string tags, string controller = AnyDevice, string group = "\"intervalMs\":1000") => Object(
        $"\"controllers\":{{\"line-1\":{controller}}},\"groups\":{{\"fast\":{Object(group)}}},\"tags\":{{\"line-1\":{Object(tags)}}}");

    public static CurrentPlan<EtherNetIpPlan>.Edition Edition(EtherNetIpPlan plan, long version) => new(plan, version, $"cfg{version}");

    private static string Object(string members) => "{" + members + "}";
}
