using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Cloud;

/// <summary>The link between edgeHub and IoT Hub, which can be cut, delayed or made silent. Safe to use from any thread.</summary>
/// <remarks>At least once: what was sent into a silent link arrived, is not acknowledged, and will be sent again.</remarks>
internal sealed class Uplink(CloudHub hub, TimeProvider time)
{
    private volatile EdgeSide? _edge;
    private volatile UplinkState _state;
    private long _delayTicks;
    private long _outages;

    public CloudHub Hub { get; } = hub;

    public UplinkState State => _state;

    /// <summary>How often the link ceased to be open.</summary>
    public long Outages => Volatile.Read(ref _outages);

    /// <summary>Fires after each change of <see cref="State"/>.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>How long each message takes on its way, to either side. Zero to start with.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    /// <summary>How long edgeHub waits for an answer before it gives up and sends again.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public void Set(UplinkState state)
    {
        if (_state == UplinkState.Open && state != UplinkState.Open)
        {
            _ = Interlocked.Increment(ref _outages);
        }

        _state = state;
        Changed.Fire();
    }

    /// <summary>Plugs an edgeHub in; the last one wins.</summary>
    public void Attach(string deviceId, EdgeSide edge)
    {
        _edge = edge;
        Hub.Attach(deviceId, this);
    }

    /// <summary>Sends a message. Answered means that IoT Hub has it.</summary>
    public Task<UplinkAnswer<bool>> SendAsync(UplinkMessage message, CancellationToken cancellationToken) =>
        AskAsync(
            () =>
            {
                Hub.Accept(message);
                return true;
            },
            cancellationToken);

    public Task<UplinkAnswer<JsonObject>> ReadTwinAsync(HubIdentity identity, CancellationToken cancellationToken) =>
        AskAsync(() => Hub.ReadTwin(identity), cancellationToken);

    /// <summary>Changes reported properties; the answer is their new version.</summary>
    public Task<UplinkAnswer<long>> ReportAsync(HubIdentity identity, JsonObject patch, CancellationToken cancellationToken) =>
        AskAsync(() => Hub.Report(identity, patch), cancellationToken);

    /// <summary>Tells edgeHub of changed desired properties. Lost if the link is not open: nobody sends them again.</summary>
    public async Task PatchDesiredAsync(HubIdentity identity, JsonObject patch, CancellationToken cancellationToken)
    {
        await Task.Delay(Delay, time, cancellationToken);
        if (_state == UplinkState.Open && _edge is { } edge)
        {
            await edge.PatchDesiredAsync(identity, patch, cancellationToken);
        }
    }

    /// <summary>Calls a method of a client of edgeHub. 404 if the link is cut, 504 if it is silent.</summary>
    public async Task<MethodResult> InvokeMethodAsync(HubIdentity identity, MethodCall call, CancellationToken cancellationToken)
    {
        await Task.Delay(Delay, time, cancellationToken);
        if (_edge is not { } edge || _state == UplinkState.Cut)
        {
            return MethodResult.NotConnected;
        }

        if (_state == UplinkState.Silent)
        {
            await Task.Delay(call.ResponseTimeout, time, cancellationToken);
            return MethodResult.TimedOut;
        }

        return await edge.InvokeMethodAsync(identity, call, cancellationToken);
    }

    private async Task<UplinkAnswer<T>> AskAsync<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        await Task.Delay(Delay, time, cancellationToken);
        if (_state == UplinkState.Cut)
        {
            return new UplinkAnswer<T>.Lost("the uplink is cut");
        }

        using var deadline = new CancellationTokenSource(AnswerTimeout, time);
        T answer = ask();
        if (_state == UplinkState.Open)
        {
            return new UplinkAnswer<T>.Answered(answer);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await Changed.WaitUntilAsync(() => _state != UplinkState.Silent, either.Token);
            return new UplinkAnswer<T>.Lost("the connection was replaced");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new UplinkAnswer<T>.Lost($"no answer within {AnswerTimeout}");
        }
    }
}
