using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Twin;

/// <summary>Twin requests that wait for their answers, matched by request id.</summary>
internal sealed class TwinRequests(TimeSpan limit, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<TwinResponse>> _waiting = new(StringComparer.Ordinal);

    // An answer to the process before us must not match.
    private readonly string _prefix = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private long _lastNumber;

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="session">Where to send it.</param>
    /// <param name="topic">Makes the topic from the request id.</param>
    /// <param name="payload">The body.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, or null and the reason why there is none.</returns>
    public async Task<(TwinResponse? Response, string Reason)> AskAsync(
        IBrokerSession session, Func<string, string> topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        string requestId = string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{Interlocked.Increment(ref _lastNumber)}");
        var answer = new TaskCompletionSource<TwinResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[requestId] = answer;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, session.Closed, cancellationToken);
        try
        {
            await session.PublishAsync(topic(requestId), payload, either.Token).WaitAsync(either.Token);
            return (await answer.Task.WaitAsync(either.Token), "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, session.Closed.IsCancellationRequested ? "the connection closed" : $"no answer within {limit.TotalSeconds:0} s");
        }
        catch (BrokerException e)
        {
            return (null, e.Message);
        }
        finally
        {
            _waiting.TryRemove(requestId, out _);
        }
    }

    /// <summary>Takes an answer; one that nobody waits for is dropped.</summary>
    public void Complete(string requestId, TwinResponse response)
    {
        if (_waiting.TryRemove(requestId, out TaskCompletionSource<TwinResponse>? answer))
        {
            answer.TrySetResult(response);
        }
    }
}
