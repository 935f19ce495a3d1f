using Microsoft.Extensions.Logging;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>One output with the pattern that it shows. A fault is told once, counted each time, and tried again every ten seconds.</summary>
internal sealed partial class DrivenOutput(OutputPlan plan, IAnnunciatorOutput output, AnnunciatorMetrics metrics, ILogger logger) : IDisposable
{
    private const int BeatsBetweenTries = 40;

    private Pattern _pattern = Pattern.Off;
    private long _beat;
    private bool? _isOn;
    private bool _isFaulty;
    private int _beatsToWait;

    public OutputRole Role => plan.Role;

    /// <summary>One beat of a pattern; another pattern than before begins at its beginning.</summary>
    public void Show(Pattern pattern)
    {
        _beat = ReferenceEquals(pattern, _pattern) ? _beat + 1 : 0;
        _pattern = pattern;
        var isOn = pattern.IsOn(_beat);
        if (_beatsToWait > 0)
        {
            _beatsToWait--;
        }
        else if (isOn != _isOn)
        {
            Set(isOn);
        }
    }

    /// <summary>Leaves it dark: what stays lit when nobody looks any more would lie.</summary>
    public void Dispose()
    {
        _ = output.Set(isOn: false);
        output.Dispose();
        if (_isFaulty)
        {
            metrics.Recovered();
        }
    }

    private void Set(bool isOn)
    {
        if (output.Set(isOn) is { } fault)
        {
            metrics.Failed(plan.Name);
            if (!_isFaulty)
            {
                metrics.Broke();
                LogFault(plan.Name, fault);
            }

            (_isOn, _isFaulty, _beatsToWait) = (null, true, BeatsBetweenTries);
            return;
        }

        if (_isFaulty)
        {
            metrics.Recovered();
            LogRecovered(plan.Name);
        }

        (_isOn, _isFaulty) = (isOn, false);
    }

    [LoggerMessage(7200, LogLevel.Error, "The output {Output} of the annunciator does not work, so nobody is warned by it: {Reason}")]
    private partial void LogFault(string output, string reason);

    [LoggerMessage(7201, LogLevel.Information, "The output {Output} of the annunciator works again")]
    private partial void LogRecovered(string output);
}
