using System.Text.Json.Nodes;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Ctl.Manifests.Rules;
using Sallyport.Ctl.Tests.Manifests.Desired;

namespace Sallyport.Ctl.Tests.Manifests;

/// <summary>Whatever stands in a file, it is a finding and never an exception.</summary>
public sealed class HostileManifestTests
{
    private const int EachOf = 5;

    [Fact]
    public void A_manifest_with_anything_anywhere_is_judged_and_built_without_an_exception()
    {
        Mutation[] mutations = [.. Mutation.Of(Small()).Where((_, number) => number % EachOf is 0)];
        Assert.InRange(mutations.Length, 200, 2000);
        Assert.All(mutations, mutation =>
        {
            string json = mutation.Document.ToJsonString();
            _ = ManifestRules.Judge(json, PlantManifest.Find);
            if (PlantManifest.Build(template: json) is BuildOutcome.Built built)
            {
                Assert.DoesNotContain(ManifestRules.Judge(System.Text.Encoding.UTF8.GetString(built.Manifest.Span), static _ => null), finding => finding.IsError);
            }
        });
    }

    [Theory]
    [InlineData("""{"modulesContent":{"$edgeAgent":[]}}""")]
    [InlineData("""{"modulesContent":{"$edgeAgent":{"properties.desired":{"modules":{"Watchdog":7}}}}}""")]
    [InlineData("""{"modulesContent":{"$edgeAgent":{"properties.desired":{"modules":[]}}}}""")]
    [InlineData("""{"modulesContent":{"Watchdog":7}}""")]
    public void A_fragment_of_another_shape_is_refused(string json) =>
        Assert.Contains(Assert.IsType<BuildOutcome.Refused>(PlantManifest.Build(fragments: Fragment.Read("f", json))).Findings, finding => finding.Rule.Id is "fragment");

    // Without the readers, whose points would make up most of the places.
    private static JsonObject Small()
    {
        JsonObject template = JsonNode.Parse(PlantManifest.Template())!.AsObject();
        JsonObject content = template["modulesContent"]!.AsObject();
        JsonObject routes = content["$edgeHub"]!["properties.desired"]!["routes"]!.AsObject();
        foreach (string module in (string[])["ModbusReader", "EtherNetIpReader", "CertificateManager"])
        {
            content["$edgeAgent"]!["properties.desired"]!["modules"]!.AsObject().Remove(module);
            content.Remove(module);
            foreach (string route in routes.Where(route => route.Value!["route"]!.GetValue<string>().Contains($"/{module}/", StringComparison.Ordinal)).Select(route => route.Key).ToArray())
            {
                routes.Remove(route);
            }
        }

        return template;
    }
}
