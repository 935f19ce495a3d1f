using System.Collections.Immutable;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.EndToEnd.Tests.Faults;

/// <summary>What was heard, and whoever waits for words.</summary>
internal sealed class HeardLines
{
    private readonly ChangeSignal _heard = new();
    private ImmutableList<string> _lines = [];

    /// <summary>How many so far.</summary>
    public int Count => Volatile.Read(ref _lines).Count;

    public void Hear(string line)
    {
        _ = ImmutableInterlocked.Update(ref _lines, lines => lines.Add(line));
        _heard.Fire();
    }

    /// <summary>Waits until a line has all these words.</summary>
    public Task UntilAsync(params string[] words) => UntilAsync(from: 0, words);

    /// <summary>Waits until a line has all these words that came after so many.</summary>
    public Task UntilAsync(int from, params string[] words) => _heard.WaitUntilAsync(
        () => Volatile.Read(ref _lines).Skip(from).Any(line => Array.TrueForAll(words, word => line.Contains(word, StringComparison.Ordinal))), TestContext.Current.CancellationToken);
}
