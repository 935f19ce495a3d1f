using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;
using Sallyport.Manifest;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class EdgeHubConfigurationTests
{
    [Fact]
    public void Routes_are_texts_or_objects_and_forever_stands_in_the_store_configuration()
    {
        EdgeHubConfiguration configuration = Read(
            """
            {"schemaVersion":"1.2",
             "routes":{"a":"FROM /* INTO $upstream","b":{"route":"FROM /* INTO $upstream","priority":3,"timeToLiveSecs":60}},
             "storeAndForwardConfiguration":{"timeToLiveSecs":-1}}
            """);

        Assert.Null(configuration.TimeToLive);
        Assert.Equal(
            [(RouteDefinition.DefaultPriority, null), (3L, TimeSpan.FromMinutes(1))],
            configuration.Routes.Routes.Select(route => (route.Priority, route.TimeToLive)));
    }

    [Theory]
    [InlineData("""{"routes":{},"storeAndForwardConfiguration":{"timeToLiveSecs":7200}}""", "/schemaVersion")]
    [InlineData("""{"schemaVersion":"1.4","routes":{},"storeAndForwardConfiguration":{"timeToLiveSecs":7200}}""", "/schemaVersion")]
    [InlineData("""{"schemaVersion":"2.0","routes":{},"storeAndForwardConfiguration":{"timeToLiveSecs":7200}}""", "/schemaVersion")]
    [InlineData("""{"schemaVersion":"1.1","routes":{}}""", "/storeAndForwardConfiguration/timeToLiveSecs")]
    [InlineData("""{"schemaVersion":"1.1","storeAndForwardConfiguration":{"timeToLiveSecs":1}}""", "/routes")]
    [InlineData("""{"schemaVersion":"1.1","routes":{"a":3},"storeAndForwardConfiguration":{"timeToLiveSecs":1}}""", "/routes/a")]
    [InlineData(
        """{"schemaVersion":"1.1","routes":{"a":{"route":"FROM /* INTO $upstream","priority":"1"}},"storeAndForwardConfiguration":{"timeToLiveSecs":1}}""",
        "/routes/a/priority")]
    [InlineData(
        """{"schemaVersion":"1.1","routes":{"a":{"route":"FROM /* INTO $upstream","timeToLiveSecs":-1}},"storeAndForwardConfiguration":{"timeToLiveSecs":1}}""",
        "timeToLiveSecs is -1")]
    public void What_edgeHub_refuses_is_refused_with_its_place(string document, string place) =>
        Assert.Contains(place, Assert.ThrowsAny<FormatException>(() => Read(document)).Message, StringComparison.Ordinal);

    private static EdgeHubConfiguration Read(string document) => EdgeHubConfiguration.Read(JsonNode.Parse(document)!.AsObject());
}
