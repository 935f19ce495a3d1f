using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Posture;
using Sallyport.TestKit;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests.Posture;

public sealed class PosturePlanReaderTests
{
    [Fact]
    public void Everything_can_be_said()
    {
        PosturePlan plan = Accepted(
            """
            {"report":"/mnt/report.json","maxAgeHours":50,"allowedPorts":["tcp/22","udp/123"],"fieldInterfaces":["enp2s0"],"maxTokenMinutes":30,
             "maxHostKeyDays":365,"minFreePercent":15,"maxWearPercent":70,"notApplicable":{"disk-wear":"The disk is virtual."}}
            """);
        Assert.Equal(("/mnt/report.json", TimeSpan.FromHours(50)), (plan.ReportFile, plan.MaxAge));
        PosturePolicy policy = plan.Policy;
        Assert.Equal(["tcp/22", "udp/123"], policy.AllowedPorts);
        Assert.Equal(["enp2s0"], policy.FieldInterfaces);
        Assert.Equal("The disk is virtual.", Assert.Single(policy.NotApplicable).Value);
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromDays(365), 15, 70), (policy.LongestTokenLife, policy.LongestHostKeyLife, policy.LeastFreePercent, policy.MostWearPercent));
    }

    [Theory]
    [InlineData("""{"reports":"/x"}""", "/posture/reports")]
    [InlineData("""{"report":"report.json"}""", "/posture/report")]
    [InlineData("""{"maxAgeHours":0}""", "/posture/maxAgeHours")]
    [InlineData("""{"allowedPorts":["22"]}""", "/posture/allowedPorts/0")]
    [InlineData("""{"allowedPorts":["tcp/22","tcp/22"]}""", "/posture/allowedPorts/1")]
    [InlineData("""{"allowedPorts":[]}""", "/posture/allowedPorts")]
    [InlineData("""{"fieldInterfaces":[""]}""", "/posture/fieldInterfaces/0")]
    [InlineData("""{"maxTokenMinutes":1441}""", "/posture/maxTokenMinutes")]
    [InlineData("""{"maxHostKeyDays":1}""", "/posture/maxHostKeyDays")]
    [InlineData("""{"minFreePercent":51}""", "/posture/minFreePercent")]
    [InlineData("""{"maxWearPercent":101}""", "/posture/maxWearPercent")]
    [InlineData("""{"notApplicable":{"disk-where":"?"}}""", "/posture/notApplicable/disk-where")]
    [InlineData("""{"notApplicable":{"disk-wear":""}}""", "/posture/notApplicable/disk-wear")]
    [InlineData("[]", "/posture")]
    public void What_is_wrong_is_refused_with_its_place(string section, string pointer)
    {
        PlanReading<WatchdogPlan>.Refused refused = Assert.IsType<PlanReading<WatchdogPlan>.Refused>(Read(section));
        Assert.Contains(refused.Faults, fault => string.Equals(fault.Pointer, pointer, StringComparison.Ordinal));
    }

    [Fact]
    public void The_checks_the_operators_document_and_the_readme_agree()
    {
        string document = File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "posture.md"));
        string[] documented = [.. document.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        Assert.Equal(PostureChecks.All.Select(check => check.Id), documented);
        Assert.All(PostureChecks.All, check => Assert.Contains(
            $"| `{check.Id}` | {check.Severity} | {check.Demand} | {check.Iec62443} | {check.Nist80082} | {check.Remedy} |\n", document, StringComparison.Ordinal));
        Assert.Contains(
            $"{PostureChecks.All.Length} checks", File.ReadAllText(RepositoryRoot.Combine("modules", "Watchdog", "README.md")), StringComparison.Ordinal);
        Assert.Equal(PostureChecks.All.Length, PostureChecks.All.Select(check => check.Id).Distinct(StringComparer.Ordinal).Count());
    }

    private static PosturePlan Accepted(string section) => Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(Read(section)).Plan.Posture;

    private static PlanReading<WatchdogPlan> Read(string section)
    {
        using JsonDocument document = JsonDocument.Parse($$"""{"posture":{{section}}}""");
        return new WatchdogPlanReader().Read(document.RootElement);
    }
}
