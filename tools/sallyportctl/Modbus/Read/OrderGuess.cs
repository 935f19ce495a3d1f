namespace Sallyport.Ctl.Modbus.Read;

/// <summary>Which order floats probably have: the one in which most of them look like measured values.</summary>
internal static class OrderGuess
{
    /// <summary>One line, or null if no order stands out.</summary>
    public static string? Of(IReadOnlyList<AddressBlock> blocks)
    {
        var counts = RegisterPair.Orders
            .Select(order => (Word: order, Plausible: blocks.Where(block => block.IsGood).Sum(block => Pairs(block).Count(
                offset => RegisterPair.IsPlausible(RegisterPair.FloatAt(block.Data.Span, offset, order))))))
            .OrderByDescending(order => order.Plausible)
            .ToArray();
        int pairs = blocks.Where(block => block.IsGood).Sum(block => Pairs(block).Count());
        return counts[0].Plausible > counts[1].Plausible
            ? $"* is a plausible float. If these are floats, their order is probably {counts[0].Word}: {counts[0].Plausible} of {pairs} pairs are plausible in it, "
                + $"{counts[1].Plausible} in {counts[1].Word}."
            : null;
    }

    private static IEnumerable<int> Pairs(AddressBlock block) => Enumerable.Range(0, block.Request.Quantity / 2).Select(pair => pair * 2);
}
