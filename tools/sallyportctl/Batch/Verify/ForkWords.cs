using Sallyport.BatchVerification;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>What a fork is, for people.</summary>
internal static class ForkWords
{
    public static string For(ForkSign sign) => sign switch
    {
        ForkSign.PageSealedTwice => "the page has another seal than the one that came before",
        ForkSign.EpochOpenedTwice => "its epoch number belongs to another opening: an old copy of the ring was put back, or it runs twice",
        ForkSign.PagesUsedTwice => "its epoch uses page numbers of another one: an old copy of the ring was put back",
        ForkSign.RecordsUsedTwice => "its records have the numbers of others",
        ForkSign.ChainBroken => "the seals of neighbouring pages do not name each other",
        ForkSign.LostDecreased => "it speaks of fewer lost records than a page before it",
        _ => throw new ArgumentOutOfRangeException(nameof(sign), sign, "Not a sign of a fork."),
    };
}
