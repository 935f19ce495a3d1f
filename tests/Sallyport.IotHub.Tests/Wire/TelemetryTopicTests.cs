using System.Collections.Frozen;
using System.Text;
using CsCheck;
using Sallyport.IotHub.Wire;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Tests.Wire;

public sealed class TelemetryTopicTests
{
    private static readonly ClientIdentity Module = new("edge-1", "reader");

    [Fact]
    public void A_module_sends_in_the_form_of_the_device_sdk() => Assert.Equal(
        "devices/edge-1/modules/reader/messages/events/"
        + "%24.mid=a%2Fb&%24.ct=application%2Fjson&%24.ce=utf-8&%24.ctime=2026-11-22T10%3A15%3A00.1234567Z&%24.on=telemetry&a%20key=1%2B1%3D2&schema=sallyport.frame%2F1/",
        TelemetryTopic.Of(Module, "telemetry", Message("a/b", ("schema", "sallyport.frame/1"), ("a key", "1+1=2")) with
        {
            CreatedAt = new DateTimeOffset(2026, 11, 22, 12, 15, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567),
        }).Text);

    [Fact]
    public void A_device_sends_without_an_output() => Assert.Equal(
        "devices/device-1/messages/events/%24.mid=m&%24.ct=application%2Fjson&%24.ce=utf-8/",
        TelemetryTopic.Of(new ClientIdentity("device-1", ""), "", Message("m")).Text);

    [Theory]
    [InlineData(0, "2026-11-22T10%3A15%3A00.0000000Z")]
    [InlineData(1_230_000, "2026-11-22T10%3A15%3A00.1230000Z")]
    public void A_creation_time_has_seven_fractional_digits_always(int ticks, string expected) => Assert.Contains(
        $"%24.ctime={expected}&",
        TelemetryTopic.Of(Module, "o", Message("m") with { CreatedAt = new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero).AddTicks(ticks) }).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Characters_that_a_topic_cannot_hold_never_get_in()
    {
        string topic = TelemetryTopic.Of(Module, "o+#", Message("+#/\0", ("+#", "+#/\0"))).Text;

        Assert.Equal(-1, topic.AsSpan().IndexOfAny("+#\0"));
        Assert.Equal(7, topic.Count(character => character == '/'));
    }

    [Fact]
    public void The_size_counts_names_and_values_as_they_are_and_not_as_they_are_escaped() => Assert.Equal(
        "$.mid".Length + 1 + "$.ct".Length + "application/json".Length + "$.ce".Length + "utf-8".Length + "ü".Length + 1 + 3,
        TelemetryTopic.Of(Module, "", Message("m", ("ü", "€"))).PropertySizeInBytes);

    [Fact]
    public void Whatever_a_message_holds_comes_out_of_its_topic_again() => Gen
        .Select(Texts, Gen.Dictionary(Texts.Where(name => name.Length > 0 && !name.StartsWith("$.", StringComparison.Ordinal)), Texts)[0, 8])
        .Where((_, properties) => properties.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() == properties.Count)
        .Sample((id, properties) =>
        {
            string messageId = "id" + id;
            string topic = TelemetryTopic.Of(Module, "o", Message(messageId, [.. properties.Select(one => (one.Key, one.Value))])).Text;
            string bag = topic["devices/edge-1/modules/reader/messages/events/".Length..].TrimEnd('/');

            HubMessage read = ReceivedMessage.Of(bag, default).Message;

            return string.Equals(read.MessageId, messageId, StringComparison.Ordinal)
                && read.Properties.Count == properties.Count
                && properties.All(one => string.Equals(read.Properties[one.Key], one.Value, StringComparison.Ordinal));
        });

    // Any text that is Unicode: a lone surrogate has no UTF-8, so nothing can carry it.
    private static readonly Gen<string> Texts = Gen.OneOf(
            Gen.Int[0, 0xD7FF], Gen.Int[0xE000, 0x10FFFF], Gen.Char["&=%/+#$? \0"].Select(character => (int)character))
        .Select(codepoint => char.ConvertFromUtf32(codepoint))
        .Array[0, 12]
        .Select(string.Concat);

    private static HubMessage Message(string id, params (string Name, string Value)[] properties) => new()
    {
        MessageId = id,
        Body = Encoding.UTF8.GetBytes("{}"),
        Properties = properties.ToFrozenDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase),
    };
}
