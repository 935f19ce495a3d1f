using System.Collections.Frozen;
using System.Text;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Tests.EdgeHub.Routing;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("FROM /messages/modules/alpha/outputs/telemetry INTO $upstream", "/messages/modules/alpha/outputs/telemetry")]
    [InlineData("from /MESSAGES/modules/Alpha/outputs/* into $UPSTREAM", "/messages/modules/alpha/outputs/telemetry")]
    [InlineData("SELECT * FROM /messages/modules/alpha/* INTO $upstream", "/messages/modules/alpha")]
    [InlineData("FROM /messages/* INTO $upstream", "/messages")]
    [InlineData("FROM /messages INTO $upstream", "/messages/modules/alpha/outputs/x")]
    [InlineData("FROM /* INTO $upstream", "/twinChangeNotifications")]
    [InlineData("FROM /twinChangeNotifications INTO $upstream", "/twinChangeNotifications")]
    [InlineData("FROM /messages/* /* all of it */ INTO $upstream", "/messages")]
    public void A_source_takes_everything_at_or_below_its_path(string route, string source) =>
        Assert.Single(Parse(route).Match(MessageFrom(source)));

    [Theory]
    [InlineData("FROM /messages/modules/alpha/outputs/out INTO $upstream", "/messages/modules/alpha/outputs/out2")]
    [InlineData("FROM /messages/modules/alpha/outputs/* INTO $upstream", "/messages/modules/alpha")]
    [InlineData("FROM /messages/modules/alpha/* INTO $upstream", "/messages/modules/alphabet/outputs/x")]
    [InlineData("FROM /messages/* INTO $upstream", "/twinChangeNotifications")]
    public void A_source_takes_whole_segments_only(string route, string source) =>
        Assert.Empty(Parse(route).Match(MessageFrom(source)));

    [Theory]
    [InlineData("FROM /a INTO BrokeredEndpoint(\"/modules/beta/inputs/in\")")]
    [InlineData("FROM /a INTO brokeredendpoint('modules/beta/inputs/in/')")]
    public void A_sink_may_be_a_module_input(string route) =>
        Assert.Equal(
            new RouteSink.ModuleInput("beta", "in"), Assert.Single(Parse(route).Match(MessageFrom("/a"))).Sink);

    [Theory]
    [InlineData("", 0)]
    [InlineData("TO $upstream", 0)]
    [InlineData("FROM $upstream", 5)]
    [InlineData("FROM /a", 7)]
    [InlineData("FROM /a/ INTO $upstream", 9)]
    [InlineData("FROM /a INTO", 12)]
    [InlineData("FROM /a INTO $downstream", 13)]
    [InlineData("FROM /a INTO Somewhere('x')", 13)]
    [InlineData("FROM /a INTO BrokeredEndpoint(/modules/m/inputs/i)", 30)]
    [InlineData("FROM /a INTO BrokeredEndpoint('/modules/m/outputs/i')", 31)]
    [InlineData("FROM /a INTO BrokeredEndpoint('/modules/m/inputs')", 31)]
    [InlineData("FROM /a INTO $upstream $upstream", 23)]
    [InlineData("FROM /a WHERE INTO $upstream", 14)]
    [InlineData("SELECT x FROM /a INTO $upstream", 7)]
    [InlineData("FROM /a INTO $upstream@", 22)]
    public void A_route_that_is_none_is_refused_with_the_position(string route, int position)
    {
        RouteTableException refused = Assert.Throws<RouteTableException>(() => Parse(route));

        Assert.Equal(position, refused.Position);
        Assert.Equal("r1", refused.Route);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 4_294_967_296)]
    public void Priority_is_0_to_9_and_time_to_live_an_unsigned_number(long priority, long timeToLive) =>
        Assert.Throws<RouteTableException>(() => Parse(("r1", "FROM /* INTO $upstream", priority, timeToLive)));

    [Fact]
    public void A_message_goes_to_an_endpoint_once_with_the_best_priority_and_that_routes_time_to_live()
    {
        RouteTable table = Parse(
            ("slow", "FROM /messages/* INTO $upstream", RouteDefinition.DefaultPriority, 0),
            ("fast", "FROM /messages/modules/alpha/* INTO $upstream", 1, 60),
            ("other", "FROM /messages/modules/alpha/* INTO BrokeredEndpoint('/modules/beta/inputs/in')", 3, 0));

        IReadOnlyList<RouteMatch> matches = table.Match(MessageFrom("/messages/modules/alpha/outputs/x"));

        Assert.Equal(
            [
                new RouteMatch(RouteSink.Upstream.Instance, 1, TimeSpan.FromMinutes(1)),
                new RouteMatch(new RouteSink.ModuleInput("beta", "in"), 3, TimeToLive: null),
            ],
            matches);
    }

    [Theory]
    [InlineData("twin_change_includes(temperature)", true)]
    [InlineData("twin_change_includes(inner.list[1])", true)]
    [InlineData("twin_change_includes(pressure)", false)]
    public void A_condition_on_twin_changes_looks_at_the_patch(string condition, bool isMatch)
    {
        RouteTable table = Parse($"FROM /twinChangeNotifications WHERE {condition} INTO $upstream");
        var message = new RoutedMessage
        {
            Source = RouteSource.TwinChanges,
            Sender = new HubIdentity("edge-1", "alpha"),
            Body = Encoding.UTF8.GetBytes("""{"temperature":1,"inner":{"list":[1,2]}}"""),
            SystemProperties = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["contentType"] = "application/json",
                ["contentEncoding"] = "utf-8",
            }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };

        Assert.Equal(isMatch ? 1 : 0, table.Match(message).Count);
    }

    private static RoutedMessage MessageFrom(string source) =>
        new() { Source = source, Sender = new HubIdentity("edge-1", "alpha"), Body = ReadOnlyMemory<byte>.Empty };

    private static RouteTable Parse(string route) => Parse(("r1", route, RouteDefinition.DefaultPriority, 0));

    private static RouteTable Parse(params (string Name, string Text, long Priority, long TimeToLive)[] routes) =>
        RouteTable.Parse(routes.ToDictionary(
            route => route.Name,
            route => new RouteDefinition(route.Text, route.Priority, route.TimeToLive),
            StringComparer.Ordinal));
}
