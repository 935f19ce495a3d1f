using Microsoft.Extensions.Logging;
using Sallyport.IotHub.Session;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Methods;

/// <summary>Answers direct methods. Calls run side by side, up to a bound; each gets exactly one answer, unless the connection goes first.</summary>
internal sealed partial class MethodServer(TimeSpan deadline, TimeProvider time, ILogger<MethodServer> logger)
{
    /// <summary>The largest request or answer, in bytes.</summary>
    public const int MaxPayload = 128 * 1024;

    private const int MaxCalls = 16;
    private const int MaxNameLength = 100;

    private readonly Dictionary<string, Func<MethodRequest, CancellationToken, Task<MethodResponse>>> _handlers =
        new(StringComparer.Ordinal);

    private int _calls;

    /// <summary>Adds the handler of a method.</summary>
    /// <exception cref="ArgumentException">It has one.</exception>
    public void Add(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler) => _handlers.Add(method, handler);

    /// <summary>Takes a call; the answer comes later.</summary>
    public void OnCall(IBrokerSession session, string method, string requestId, ReadOnlyMemory<byte> payload)
    {
        if (!session.Closed.IsCancellationRequested)
        {
            _ = AnswerAsync(session, method, requestId, payload);
        }
    }

    private static MethodResponse TooSlow() => Say(504, """{"message":"The method took too long."}"""u8);

    private static MethodResponse Say(int status, ReadOnlySpan<byte> json) => new(status, json.ToArray());

    private async Task AnswerAsync(IBrokerSession session, string method, string requestId, ReadOnlyMemory<byte> payload)
    {
        // The caller is the receiving loop, which no handler may hold up.
        await Task.Yield();
        MethodResponse response = await ResponseAsync(session, method, payload);
        if (response.Payload.Length > MaxPayload || response.Status is < 100 or > 999)
        {
            LogBadAnswer(Shown(method));
            response = Say(500, """{"message":"The answer is larger than 128 KiB or has no valid status."}"""u8);
        }

        try
        {
            await session.PublishAsync(MethodTopic.Response(response.Status, requestId), response.Payload, session.Closed);
        }
        catch (Exception e) when (e is BrokerException or OperationCanceledException)
        {
            LogUnanswered(Shown(method));
        }
    }

    private async Task<MethodResponse> ResponseAsync(IBrokerSession session, string method, ReadOnlyMemory<byte> payload)
    {
        if (method.Length > MaxNameLength
            || !_handlers.TryGetValue(method, out Func<MethodRequest, CancellationToken, Task<MethodResponse>>? handler))
        {
            return Say(404, """{"message":"There is no such method."}"""u8);
        }

        if (payload.Length > MaxPayload)
        {
            return Say(413, """{"message":"The payload is larger than 128 KiB."}"""u8);
        }

        if (Interlocked.Increment(ref _calls) > MaxCalls)
        {
            Interlocked.Decrement(ref _calls);
            return Say(429, """{"message":"Too many calls at a time."}"""u8);
        }

        return await CallAsync(handler, new MethodRequest(method, payload), session.Closed);
    }

    private async Task<MethodResponse> CallAsync(
        Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler, MethodRequest request, CancellationToken closed)
    {
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closed);
        try
        {
            return await RunAsync(handler, request, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Also when the handler takes no notice of its token: its caller does not wait for it.
            LogTooSlow(request.Name, deadline.TotalSeconds);
            return TooSlow();
        }
    }

    private async Task<MethodResponse> RunAsync(
        Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler, MethodRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await handler(request, cancellationToken);
        }
#pragma warning disable CA1031 // The outermost frame of foreign code: whatever a handler throws, the caller gets an answer without details.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return TooSlow();
            }

            LogFailed(e, request.Name);
            return Say(500, """{"message":"The method failed; the module's log says why."}"""u8);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    private string Shown(string method) => _handlers.ContainsKey(method) ? method : "(unknown)";

    [LoggerMessage(3200, LogLevel.Error, "The direct method {Method} failed.")]
    private partial void LogFailed(Exception exception, string method);

    [LoggerMessage(3201, LogLevel.Warning, "The direct method {Method} was cancelled: it took longer than {Seconds} s, or the connection closed.")]
    private partial void LogTooSlow(string method, double seconds);

    [LoggerMessage(3202, LogLevel.Error, "The direct method {Method} gave an answer that cannot be sent.")]
    private partial void LogBadAnswer(string method);

    [LoggerMessage(3203, LogLevel.Debug, "The answer of the direct method {Method} could not be sent; its caller gets none.")]
    private partial void LogUnanswered(string method);
}
