namespace Sallyport.Telemetry;

/// <summary>A module asks another for something: <c>sallyport.control/1</c>. It never leaves the gateway.</summary>
/// <param name="Action">One word; only the module that it is for knows which there are.</param>
/// <param name="Reason">One sentence for the log: why.</param>
public sealed record ControlMessage(string Action, string Reason)
{
    /// <summary>Name and major version in the <c>schema</c> member.</summary>
    public const string Schema = "sallyport.control/1";

    /// <summary>The action that makes SecureBuffer drop its connection and open another.</summary>
    public const string Reconnect = "reconnect";
}
