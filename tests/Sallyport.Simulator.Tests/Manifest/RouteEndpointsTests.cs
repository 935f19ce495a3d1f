using System.Text.Json.Nodes;
using Sallyport.Manifest;

namespace Sallyport.Simulator.Tests.Manifest;

public sealed class RouteEndpointsTests
{
    private static readonly string[] Modules = ["Reader", "Buffer"];

    [Fact]
    public void Routes_may_be_texts_or_objects()
    {
        var configuration = Read("""
            {"a":"FROM /messages/modules/Reader/outputs/* INTO BrokeredEndpoint(\"/modules/Buffer/inputs/in\")",
             "b":{"route":"FROM /messages/modules/Buffer/outputs/up INTO $upstream","priority":1,"timeToLiveSecs":60}}
            """);
        Assert.Equal(["a", "b"], configuration.Routes.Routes.Select(route => route.Name));
        Assert.Equal(TimeSpan.FromMinutes(1), configuration.Routes.Routes[1].TimeToLive);
        Assert.Equal([("Reader", "Buffer")], RouteEndpoints.Feeds(configuration, Modules));
    }

    [Fact]
    public void A_route_of_all_messages_is_fed_by_all_modules() => Assert.Equal(
        [("Reader", "Buffer"), ("Buffer", "Buffer")],
        RouteEndpoints.Feeds(Read("""{"a":"FROM /messages/* INTO BrokeredEndpoint(\"/modules/Buffer/inputs/in\")"}"""), Modules));

    [Theory]
    [InlineData("""{"a":"FROM nowhere INTO $upstream"}""", "/routes/a")]
    [InlineData("""{"a":{"priority":1}}""", "/routes/a")]
    [InlineData("""{"a":{"route":"FROM /messages/* INTO $upstream","priority":10}}""", "/routes/a")]
    [InlineData("""{"a":{"route":"FROM /messages/* INTO $upstream","timeToLiveSecs":-1}}""", "/routes/a")]
    [InlineData("""{"a":"FROM /messages/* INTO BrokeredEndpoint(\"/modules/Nobody/inputs/in\")"}""", "/routes/a")]
    [InlineData("""{"a":"FROM /messages/modules/Nobody/outputs/* INTO $upstream"}""", "/routes/a")]
    [InlineData("[]", "/routes")]
    public void A_route_that_edgeHub_would_refuse_or_that_leads_nowhere_is_named(string routes, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<ManifestException>(() => Read(routes)).Pointer);

    [Fact]
    public void The_time_to_live_must_be_there() => Assert.Equal(
        "/storeAndForwardConfiguration/timeToLiveSecs",
        Assert.Throws<ManifestException>(() => RouteEndpoints.Read(new(JsonNode.Parse("""{"schemaVersion":"1.2","routes":{}}"""), ""), Modules)).Pointer);

    private static EdgeHubConfiguration Read(string routes) => RouteEndpoints.Read(
        new(JsonNode.Parse($$$"""{"schemaVersion":"1.2","routes":{{{routes}}},"storeAndForwardConfiguration":{"timeToLiveSecs":7200}}"""), ""),
        Modules);
}
