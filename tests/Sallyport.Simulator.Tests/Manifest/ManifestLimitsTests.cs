using Sallyport.Manifest;
using static Sallyport.Simulator.Tests.Manifest.Template;

namespace Sallyport.Simulator.Tests.Manifest;

public sealed class ManifestLimitsTests
{
    [Theory]
    [InlineData(ManifestLimits.StringBytes, true)]
    [InlineData(ManifestLimits.StringBytes + 1, false)]
    public void A_string_holds_4_KiB(int length, bool isGood) =>
        Check(With(sections: $"\"Reader\":{{\"properties.desired\":{{\"a\":\"{new string('x', length)}\"}}}}"), isGood, "/modulesContent/Reader/properties.desired/a");

    [Theory]
    [InlineData(ManifestLimits.NameBytes, true)]
    [InlineData(ManifestLimits.NameBytes + 1, false)]
    public void A_name_holds_1_KiB(int length, bool isGood)
    {
        var name = new string('n', length);
        Check(With(sections: $"\"Reader\":{{\"properties.desired\":{{\"{name}\":1}}}}"), isGood, $"/modulesContent/Reader/properties.desired/{name}");
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void Desired_properties_hold_32_KiB(int strings, bool isGood)
    {
        var text = new string('x', 4090);
        var members = string.Join(',', Enumerable.Range(0, strings).Select(index => $"\"s{index}\":\"{text}\""));
        Check(With(sections: $"\"Reader\":{{\"properties.desired\":{{{members},\"more\":\"{text[..200]}\"}}}}"), isGood, "/modulesContent/Reader/properties.desired");
    }

    [Theory]
    [InlineData(4000, true)]
    [InlineData(4095, false)]
    public void Create_options_fit_into_eight_pieces(int length, bool isGood) =>
        Check(
            With($"\"type\":\"docker\",\"status\":\"running\",\"settings\":{{\"image\":\"a\",\"createOptions\":{{\"Label\":\"{new string('x', length)}\"}}}}"),
            isGood,
            "/modulesContent/$edgeAgent/properties.desired/modules/Reader/settings/createOptions");

    private static void Check(string json, bool isGood, string pointer)
    {
        if (isGood)
        {
            Parse(json);
        }
        else
        {
            Assert.Equal(pointer, Refused(json).Pointer);
        }
    }
}
