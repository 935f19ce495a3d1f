using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub.Lifecycle;
using Sallyport.IotHub.Session;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Twin;

/// <summary>The twin over MQTT: reads it after each connect, follows its patches, reports.</summary>
/// <remarks>On each connection one loop first reads the whole twin and then takes the patches that came since the subscription, so no order
/// of arrival can lose one.</remarks>
internal sealed partial class TwinClient(TwinRequests requests, ReconnectDelay retry, DesiredFeed feed, TimeProvider time, ILogger<TwinClient> logger)
{
    // A twin changes by hand. More patches than this at a time are not changes but a fault of the broker.
    private const int Capacity = 256;
    private const int MaxPatch = 255_000;

    private readonly DesiredState _state = new();
    private volatile PatchLine? _line;
    private volatile IBrokerSession? _session;

    /// <summary>Starts from the last run's document.</summary>
    public void Seed(DesiredProperties desired) => _state.Seed(desired);

    /// <summary>Takes an answer.</summary>
    public void OnResponse(string requestId, int status, ReadOnlyMemory<byte> payload) =>
        requests.Complete(requestId, new TwinResponse(status, payload));

    /// <summary>Takes a patch of the desired properties.</summary>
    public void OnPatch(IBrokerSession session, ReadOnlyMemory<byte> payload)
    {
        // A patch that comes before the loop is up is in the twin that the loop reads first.
        if (_line is { } line && ReferenceEquals(line.Session, session) && !line.Patches.Writer.TryWrite(payload))
        {
            LogFlooded(Capacity);
            session.Abort(CloseReason.Protocol);
        }
    }

    /// <summary>Reports a patch.</summary>
    public async Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken)
    {
        if (_session is not { } session)
        {
            return new ReportOutcome.Unanswered("not connected");
        }

        ReadOnlyMemory<byte> body = Bytes(patch);
        if (body.Length > MaxPatch)
        {
            return new ReportOutcome.Refused(413);
        }

        (TwinResponse? response, string reason) = await requests.AskAsync(session, TwinTopic.PatchReported, body, cancellationToken);
        return response switch
        {
            null => new ReportOutcome.Unanswered(reason),
            { IsSuccess: true } => ReportOutcome.Accepted.Instance,
            _ => new ReportOutcome.Refused(response.Status),
        };
    }

    /// <summary>Serves a connection until it closes. Reads the twin only if somebody handles it.</summary>
    public async Task ServeAsync(IBrokerSession session)
    {
        _session = session;
        try
        {
            if (feed.HasHandler)
            {
                var line = new PatchLine(session, Capacity);
                _line = line;
                await FollowAsync(line, session.Closed);
            }
            else
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, session.Closed);
            }
        }
        catch (OperationCanceledException) when (session.Closed.IsCancellationRequested)
        {
            // The usual end.
        }
        finally
        {
            Interlocked.CompareExchange(ref _session, null, session);
        }
    }

    private static ArrayBufferWriter<byte> Write(JsonObject patch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        patch.WriteTo(writer);
        return buffer;
    }

    private static ReadOnlyMemory<byte> Bytes(JsonObject patch) => Write(patch).WrittenMemory;

    private async Task FollowAsync(PatchLine line, CancellationToken closed)
    {
        await ReadTwinAsync(line, closed);
        await foreach (ReadOnlyMemory<byte> patch in line.Patches.Reader.ReadAllAsync(closed))
        {
            DesiredStep step = _state.ApplyPatch(patch);
            if (step is DesiredStep.Gap or DesiredStep.Malformed)
            {
                LogGap();
                await ReadTwinAsync(line, closed);
            }
            else
            {
                Take(step);
            }
        }
    }

    // edgeHub does not call back when it has a twin at last, so it is asked again; a patch that comes first says how to go on.
    private async Task ReadTwinAsync(PatchLine line, CancellationToken closed)
    {
        retry.Reset();
        while (true)
        {
            (TwinResponse? response, string reason) = await requests.AskAsync(line.Session, TwinTopic.Get, default, closed);
            DesiredStep step = response is { IsSuccess: true } ? _state.ApplyTwin(response.Payload) : DesiredStep.Malformed.Instance;
            if (step is not (DesiredStep.Malformed or DesiredStep.Absent))
            {
                Take(step);
                return;
            }

            TimeSpan delay = retry.Next();
            LogUnread(Describe(response, step) ?? reason, delay.TotalSeconds);
            if (step is not DesiredStep.Absent)
            {
                await Task.Delay(delay, time, closed);
            }
            else if (await IsPatchFirstAsync(line, delay, closed))
            {
                return;
            }
        }
    }

    private static string? Describe(TwinResponse? response, DesiredStep step) =>
        step is DesiredStep.Absent ? "the broker has none yet"
        : response is null ? null
        : response.IsSuccess ? "not a twin"
        : $"status {response.Status}";

    private async Task<bool> IsPatchFirstAsync(PatchLine line, TimeSpan delay, CancellationToken closed)
    {
        using var deadline = new CancellationTokenSource(delay, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, closed);
        try
        {
            return await line.Patches.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!closed.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Take(DesiredStep step)
    {
        switch (step)
        {
            case DesiredStep.Changed changed:
                LogChanged(changed.Desired.Version);
                feed.Add(changed.Desired);
                break;
            case DesiredStep.Unchanged unchanged:
                LogUnchanged(unchanged.Reason);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(3300, LogLevel.Information, "Desired properties are now at version {Version}.")]
    private partial void LogChanged(long version);

    [LoggerMessage(3301, LogLevel.Debug, "Desired properties did not change: {Reason}.")]
    private partial void LogUnchanged(string reason);

    [LoggerMessage(3302, LogLevel.Information, "A change of the desired properties is missing or cannot be read; reading the whole twin.")]
    private partial void LogGap();

    [LoggerMessage(3303, LogLevel.Warning, "The twin could not be read: {Reason}. Trying again in {Seconds:0.0} s.")]
    private partial void LogUnread(string reason, double seconds);

    [LoggerMessage(3304, LogLevel.Warning, "The broker sent more than {Capacity} changes of the desired properties at a time; the connection is dropped.")]
    private partial void LogFlooded(int capacity);

    private sealed record PatchLine(IBrokerSession Session, Channel<ReadOnlyMemory<byte>> Patches)
    {
        public PatchLine(IBrokerSession session, int capacity)
            : this(session, Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(capacity) { SingleReader = true }))
        {
        }
    }
}
