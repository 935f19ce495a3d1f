namespace Sallyport.Modbus.Tests;

public sealed class WordOrderTests
{
    [Theory]
    [InlineData(false, false, false, "AB", "ABCD", "ABCDEFGH")]
    [InlineData(false, true, true, "AB", "CDAB", "GHEFCDAB")]
    [InlineData(true, false, false, "BA", "BADC", "BADCFEHG")]
    [InlineData(true, true, true, "BA", "DCBA", "HGFEDCBA")]
    [InlineData(false, true, false, "AB", "CDAB", "CDABGHEF")]
    [InlineData(false, false, true, "AB", "ABCD", "EFGHABCD")]
    [InlineData(true, true, false, "BA", "DCBA", "DCBAHGFE")]
    [InlineData(true, false, true, "BA", "BADC", "FEHGBADC")]
    public void Three_swaps_make_every_order(bool bytes, bool words, bool halves, string letters16, string letters32, string letters64)
    {
        var order = new WordOrder(bytes, words, halves);
        Assert.Equal((letters16, letters32, letters64), (order.Letters(1), order.Letters(2), order.Letters(4)));
        Assert.Equal(letters64, order.ToString());
    }

    [Fact]
    public void The_named_orders_go_on_naturally_to_64_bits() =>
        Assert.Equal(
            "ABCDEFGH GHEFCDAB BADCFEHG HGFEDCBA",
            string.Join(' ', WordOrder.Abcd, WordOrder.Cdab, WordOrder.Badc, WordOrder.Dcba));

    [Theory]
    [InlineData(1, "AB BA")]
    [InlineData(2, "ABCD BADC CDAB DCBA")]
    [InlineData(4, "ABCDEFGH BADCFEHG CDABGHEF DCBAHGFE EFGHABCD FEHGBADC GHEFCDAB HGFEDCBA")]
    public void Each_length_has_each_of_its_orders_once(int registers, string letters) =>
        Assert.Equal(letters, string.Join(' ', WordOrder.For(registers).Select(order => order.Letters(registers)).Order(StringComparer.Ordinal)));
}
