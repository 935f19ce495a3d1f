using System.Collections.Immutable;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.EndToEnd.Tests.Faults;

/// <summary>What was heard, and whoever waits for words.</summary>
internal sealed class HeardLines
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ChangeSignal _heard = new();
    private ImmutableList<string> _lines = [];

    /// <summary>How many so far.</summary>
    public int Count => Volatile.Read(ref _lines).Count;

    /// <summary>All so far.</summary>
    public IReadOnlyList<string> All => Volatile.Read(ref _lines);

    public void Hear(string line)
    {
        _ = ImmutableInterlocked.Update(ref _lines, lines => lines.Add(line));
        _heard.Fire();
    }

    /// <summary>Waits until a line has all these words.</summary>
    public Task UntilAsync(params string[] words) => UntilAsync(from: 0, words);

    /// <summary>Waits until a line has all these words that came after so many.</summary>
    public async Task UntilAsync(int from, params string[] words)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, TestContext.Current.CancellationToken);
        try
        {
            await _heard.WaitUntilAsync(
                () => Volatile.Read(ref _lines).Skip(from).Any(line => Array.TrueForAll(words, word => line.Contains(word, StringComparison.Ordinal))), either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Assert.Fail($"Nobody said \"{string.Join("\" and \"", words)}\". What was said:\n{string.Join('\n', Volatile.Read(ref _lines).Skip(from))}");
        }
    }
}
