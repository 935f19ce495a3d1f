namespace Sallyport.Ctl.Ring.Verify;

/// <summary>One thing that was checked, or was not.</summary>
/// <param name="Name">What.</param>
/// <param name="IsWell">Null if it was not checked.</param>
/// <param name="What">What was found, or why it was not checked.</param>
internal sealed record RingCheck(string Name, bool? IsWell, string What)
{
    /// <summary>In a word.</summary>
    public string Result => IsWell switch
    {
        true => "good",
        false => "bad",
        null => "not checked",
    };
}
