using System.Collections.Immutable;

namespace Sallyport.Posture;

/// <summary>What the box is held to.</summary>
public sealed record PosturePolicy
{
    /// <summary>What holds when nothing is said.</summary>
    public static PosturePolicy Default { get; } = new();

    /// <summary>Ports that may listen to others than the host itself, for example <c>tcp/22</c>.</summary>
    public ImmutableSortedSet<string> AllowedPorts { get; init; } = ImmutableSortedSet.Create(StringComparer.Ordinal, "tcp/22", "tcp/8883");

    /// <summary>Network interfaces that lead to the controllers.</summary>
    public ImmutableArray<string> FieldInterfaces { get; init; } = [];

    /// <summary>Checks of something that this box does not have, each with the reason that people gave.</summary>
    public ImmutableSortedDictionary<string, string> NotApplicable { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The longest life of a token.</summary>
    public TimeSpan LongestTokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest life of an SSH host key.</summary>
    public TimeSpan LongestHostKeyLife { get; init; } = TimeSpan.FromDays(1095);

    /// <summary>The least part of a file system that must be free, in percent.</summary>
    public int LeastFreePercent { get; init; } = 10;

    /// <summary>The most wear of a disk, in percent.</summary>
    public int MostWearPercent { get; init; } = 80;
}
