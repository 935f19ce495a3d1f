using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sallyport.Simulator.Faults;

/// <summary>A fault as the command line gives it: <c>NAME[/UNIT][:TIME][@START]</c>, for example <c>uplink-cut:5s@10s</c>, <c>plant-busy/2:5s</c> or <c>kill:SecureBuffer@10s</c>.</summary>
/// <param name="Text">As written.</param>
/// <param name="Fault">What breaks.</param>
/// <param name="Start">When, counted from the start of the run; null leaves it to the run.</param>
internal sealed record FaultSpecification(string Text, Fault Fault, TimeSpan? Start)
{
    private const byte MostUnitId = 247;

    private static readonly Dictionary<string, Func<TimeSpan, Fault>> Timed = new(StringComparer.Ordinal)
    {
        ["uplink-cut"] = time => new Fault.UplinkCut(time),
        ["uplink-silent"] = time => new Fault.UplinkSilent(time),
        ["uplink-delay"] = time => new Fault.UplinkDelay(time),
        ["edgehub-half-open"] = time => new Fault.EdgeHubHalfOpen(time),
        ["plant-slow"] = time => new Fault.PlantSlow(time),
        ["eip-slow"] = time => new Fault.ControllerRude(new(time), Timeout.InfiniteTimeSpan),
        ["revoke-device"] = time => new Fault.RevokeDevice(time),
        ["expire-certificate"] = time => new Fault.ExpireCertificate(time),
        ["edgehub-restart"] = time => new Fault.EdgeHubRestart(time),
        ["strange-module"] = time => new Fault.StrangeModule(time),
        ["plant-dead"] = time => new Fault.PlantDead(time),
    };

    private static readonly Dictionary<string, Fault> Instant = new(StringComparer.Ordinal)
    {
        ["edgehub-restart"] = new Fault.EdgeHubRestart(TimeSpan.Zero),
        ["eip-download"] = new Fault.ControllerDownload(),
        ["forge-batch"] = new Fault.ForgeBatch(),
        ["drop-batch"] = new Fault.DropBatch(),
        ["replay-batch"] = new Fault.ReplayBatch(),
    };

    private static readonly Dictionary<string, Func<string, TimeSpan?, Fault>> OfModules = new(StringComparer.Ordinal)
    {
        ["kill"] = (module, time) => new Fault.Kill(module, time ?? TimeSpan.Zero),
        ["expire-sas"] = (module, time) => new Fault.ExpireSas(module, time ?? Timeout.InfiniteTimeSpan),
        ["disk-full"] = (module, time) => new Fault.DiskFull(module, time),
        ["disk-failing"] = (module, time) => new Fault.DiskFailing(module, time),
    };

    /// <summary>The faults as the help text shows them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "uplink-cut:5s", "uplink-silent:5s", "uplink-delay:200ms", "edgehub-restart", "edgehub-restart:5s", "edgehub-half-open:130s", "kill:MODULE", "kill:MODULE:5s", "strange-module:5s", "expire-sas:MODULE:20s", "disk-full:MODULE:5s", "disk-failing:MODULE:5s",
        "revoke-device:5s", "expire-certificate:5s", "clock-jump:+400d:5s", "forge-batch", "drop-batch", "replay-batch", "plant-slow:200ms", "plant-dead:5s", "eip-slow:200ms", "eip-download",
        .. PlantFaults.Names.Concat(ControllerFaults.Manners.Keys.Order(StringComparer.Ordinal)).Select(name => $"{name}:5s"),
    ];

    /// <summary>Reads a specification.</summary>
    /// <param name="text">As written.</param>
    /// <param name="specification">What it means.</param>
    /// <param name="reason">Why it means nothing.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out FaultSpecification? specification,
        [NotNullWhen(false)] out string? reason)
    {
        specification = null;
        TimeSpan? start = null;
        var (what, at) = Split(text, '@');
        if (at is not null)
        {
            if (!TimeText.TryParse(at, out var offset))
            {
                reason = $"\"{at}\" in \"{text}\" is not a time such as 5s or 200ms";
                return false;
            }

            start = offset;
        }

        var (which, length) = Split(what, ':');
        if (length is null && Instant.TryGetValue(which, out var instant))
        {
            (specification, reason) = (new(text, instant, start), null);
            return true;
        }

        if (OfModules.TryGetValue(which, out var ofModule))
        {
            specification = ReadModule(text, ofModule, length ?? string.Empty, start, out reason);
            return specification is not null;
        }

        if (which is "clock-jump")
        {
            reason = ClockFault.TryParse(length ?? string.Empty, out Fault.ClockJump? jump) ? null : $"\"{text}\" needs how far, and for how long if not 5s, as in clock-jump:+400d or clock-jump:-36h:8s";
            specification = jump is null ? null : new(text, jump, start);
            return specification is not null;
        }

        if (FindTimed(which) is not { } create)
        {
            reason = $"\"{text}\" is not a fault; there are {string.Join(", ", Names)}; a unit can be named where the whole plant is rude, as in plant-busy/2:5s";
            return false;
        }

        if (length is null || !TimeText.TryParse(length, out var time) || time == TimeSpan.Zero)
        {
            reason = $"\"{text}\" needs a time above zero, as in {which}:5s";
            return false;
        }

        (specification, reason) = (new(text, create(time), start), null);
        return true;
    }

    private static FaultSpecification? ReadModule(
        string text, Func<string, TimeSpan?, Fault> create, string what, TimeSpan? start, out string? reason)
    {
        var (module, length) = Split(what, ':');
        TimeSpan? time = TimeText.TryParse(length ?? string.Empty, out var given) && given > TimeSpan.Zero ? given : null;
        reason = module.Length > 0 && length is null == time is null ? null : $"\"{text}\" needs the name of a module, and if it is to end a time, as in {text.Split(':', '@')[0]}:SecureBuffer:5s";
        if (reason is not null)
        {
            return null;
        }

        // A disk is full before the module ever sees it, unless something else is said: that is the harder case.
        var fault = create(module, time);
        return new(text, fault, fault is Fault.DiskFull ? start ?? TimeSpan.Zero : start);
    }

    private static Func<TimeSpan, Fault>? FindTimed(string which)
    {
        var (name, unit) = Split(which, '/');
        byte? unitId = byte.TryParse(unit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostUnitId ? number : null;
        return PlantFaults.Manners.TryGetValue(name, out var manners) && unit is null == unitId is null
            ? time => new Fault.PlantRude(manners, unitId, time)
            : PlantFaults.Admissions.TryGetValue(which, out var admission) ? time => new Fault.PlantOneConnection(admission, time)
            : ControllerFaults.Manners.TryGetValue(which, out var controllers) ? time => new Fault.ControllerRude(controllers, time)
            : Timed.GetValueOrDefault(which);
    }

    private static (string Before, string? After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
