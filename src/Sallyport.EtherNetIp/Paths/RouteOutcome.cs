namespace Sallyport.EtherNetIp.Paths;

/// <summary>What a text is as a route. Closed.</summary>
public abstract record RouteOutcome
{
    private RouteOutcome()
    {
    }

    /// <summary>It is one.</summary>
    /// <param name="Route">The route.</param>
    public sealed record Parsed(RoutePath Route) : RouteOutcome;

    /// <summary>It is none.</summary>
    /// <param name="Part">Which of the parts between the commas is wrong, from 0.</param>
    /// <param name="Reason">Why, and what to write.</param>
    public sealed record Refused(int Part, string Reason) : RouteOutcome;
}
