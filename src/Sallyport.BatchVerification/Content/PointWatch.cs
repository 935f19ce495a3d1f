using System.Collections.Immutable;

namespace Sallyport.BatchVerification.Content;

/// <summary>The last value of a point that has a rule. Not safe for several threads.</summary>
internal sealed class PointWatch(PointRule rule)
{
    private (double Value, DateTimeOffset At)? _last;
    private DateTimeOffset _since;
    private bool _isStuck;

    /// <summary>Judges a value.</summary>
    /// <param name="value">It.</param>
    /// <param name="at">When it was read.</param>
    /// <param name="isLate">It came after a younger one: only its range can be judged.</param>
    /// <param name="findings">What is wrong is added to them.</param>
    public void See(double value, DateTimeOffset at, bool isLate, ImmutableArray<ContentFinding>.Builder findings)
    {
        if (value < rule.Min || value > rule.Max)
        {
            findings.Add(new ContentFinding.OutOfRange(rule, at, value));
        }

        if (isLate)
        {
            return;
        }

        if (_last is { } last && at > last.At && Math.Abs(value - last.Value) / (at - last.At).TotalSeconds is var perSecond && perSecond > rule.MaxChangePerSecond)
        {
            findings.Add(new ContentFinding.ChangedTooFast(rule, at, value, perSecond));
        }

        if (_last?.Value != value)
        {
            (_since, _isStuck) = (at, false);
        }

        _last = (value, at);
    }

    /// <summary>A frame of its group came, with or without the point: a point that did not change is not told of again.</summary>
    public ContentFinding.Stuck? Pass(DateTimeOffset at)
    {
        if (_isStuck || _last is not { } last || !(at - _since > rule.StuckAfter))
        {
            return null;
        }

        _isStuck = true;
        return new ContentFinding.Stuck(rule, _since, last.Value);
    }

    /// <summary>There is no value: nothing is known to stay the same.</summary>
    public void Fail() => _last = null;
}
