using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Tests.Documents;

/// <summary>Places and structure of values in TOML.</summary>
public sealed class TomlTreeTests
{
    private const string Text =
        """
        title = "x"
        [agent]
          interval = "5s"
        [[inputs.modbus]]
          name = "one"
          coils = [
            { name = "run", address = [0] },
          ]
          [[inputs.modbus.request]]
            scale = 0.5
            [inputs.modbus.request.tags]
              room = "a"
          [inputs.modbus.workarounds]
            close = true
        [[inputs.modbus]]
          name = "two"
          nested.key = 7
        """;

    [Theory]
    [InlineData("/title", "x", 1)]
    [InlineData("/agent/interval", "5s", 3)]
    [InlineData("/inputs/modbus/0/coils/0/name", "run", 7)]
    [InlineData("/inputs/modbus/0/coils/0/address/0", "0", 7)]
    [InlineData("/inputs/modbus/0/request/0/scale", "0.5", 10)]
    [InlineData("/inputs/modbus/0/request/0/tags/room", "a", 12)]
    [InlineData("/inputs/modbus/0/workarounds/close", "true", 14)]
    [InlineData("/inputs/modbus/1/nested/key", "7", 17)]
    public void A_value_is_found_by_its_path_and_knows_its_line(string pointer, string value, int line)
    {
        DocumentNode node = TomlTree.Parse(Text, "x.toml").Nearest(pointer);
        Assert.Equal((pointer, value, line), (node.Pointer, node.Text, node.Place.Line));
    }

    [Fact]
    public void What_is_not_toml_is_refused_with_its_place()
    {
        var refused = Assert.Throws<WrongUsageException>(() => TomlTree.Parse("a = 1\nb = = 2\n", "x.toml"));
        Assert.StartsWith("x.toml:2:", refused.Message, StringComparison.Ordinal);
    }
}
