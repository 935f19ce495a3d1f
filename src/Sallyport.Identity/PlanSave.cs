namespace Sallyport.Identity;

/// <summary>What became of storing a plan. Closed.</summary>
public abstract record PlanSave
{
    private PlanSave()
    {
    }

    /// <summary>It will be there after a power cut.</summary>
    public sealed record Saved : PlanSave
    {
        /// <summary>The only instance.</summary>
        public static Saved Instance { get; } = new();
    }

    /// <summary>The plan before it is still the stored one.</summary>
    public sealed record NotSaved(string Reason) : PlanSave;
}
