using System.Text;
using Sallyport.IotHub.Lifecycle;

namespace Sallyport.IotHub.Tests.Lifecycle;

public sealed class ConnectionTableTests
{
    // Every state with every event. A change of the table is a change of this text.
    private const string Table = """
        Closed       Started      -> Connecting   Open
        Connecting   Opened       -> Connected    Serve
        Connecting   OpenFailed   -> BackingOff   Wait
        Connecting   Unauthorized -> BackingOff   Wait
        Connecting   Untrusted    -> BackingOff   Wait
        Connecting   Stopped      -> Closed       Close
        Connected    Lost         -> BackingOff   Wait
        Connected    Stalled      -> BackingOff   DropAndWait
        Connected    TokenDue     -> Connecting   Renew
        Connected    Asked        -> Connecting   Renew
        Connected    Stopped      -> Closed       Close
        BackingOff   DelayElapsed -> Connecting   Open
        BackingOff   Stopped      -> Closed       Close

        """;

    [Fact]
    public void The_table_is_the_one_that_was_agreed()
    {
        var printed = new StringBuilder();
        foreach (HubConnectionState state in Enum.GetValues<HubConnectionState>())
        {
            foreach (ConnectionEvent happened in Enum.GetValues<ConnectionEvent>())
            {
                ConnectionStep step = ConnectionTable.Next(state, happened);
                if (step.Action != ConnectionAction.Ignore)
                {
                    printed.Append($"{state,-12} {happened,-12} -> {step.State,-12} {step.Action}").Append('\n');
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(printed.ToString());
        Assert.Equal(Table, printed.ToString());
    }

    [Fact]
    public void What_is_ignored_changes_no_state() => Assert.All(
        from state in Enum.GetValues<HubConnectionState>()
        from happened in Enum.GetValues<ConnectionEvent>()
        let step = ConnectionTable.Next(state, happened)
        where step.Action == ConnectionAction.Ignore
        select (state, step),
        found => Assert.Equal(found.state, found.step.State));

    [Fact]
    public void A_stop_ends_every_state_that_is_not_closed() => Assert.All(
        Enum.GetValues<HubConnectionState>().Where(state => state != HubConnectionState.Closed),
        state => Assert.Equal(
            new ConnectionStep(HubConnectionState.Closed, ConnectionAction.Close), ConnectionTable.Next(state, ConnectionEvent.Stopped)));
}
