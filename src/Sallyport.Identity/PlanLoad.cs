namespace Sallyport.Identity;

/// <summary>What was found where the last accepted plan should be. Closed.</summary>
public abstract record PlanLoad
{
    private PlanLoad()
    {
    }

    /// <summary>A plan that this module stored itself, unchanged.</summary>
    public sealed record Loaded(StoredPlan Plan) : PlanLoad;

    /// <summary>Nothing was ever stored.</summary>
    public sealed record Nothing : PlanLoad
    {
        /// <summary>The only instance.</summary>
        public static Nothing Instance { get; } = new();
    }

    /// <summary>Something is there and must not be used: damaged, foreign, or unreadable.</summary>
    public sealed record Refused(string Reason) : PlanLoad;
}
