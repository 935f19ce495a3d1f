namespace Sallyport.Watchdog.Status;

/// <summary>What a posture check comes to, 0 to 100: the share of checks that apply and passed. What cannot be told has not passed.</summary>
internal static class PostureScore
{
    public static int Of(PostureSummary posture)
    {
        var applied = posture.Passed + posture.Failed + posture.Unknown;
        return applied == 0 ? 0 : posture.Passed * 100 / applied;
    }
}
