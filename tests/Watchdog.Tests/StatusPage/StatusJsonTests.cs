using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using Sallyport.TestKit;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.StatusPage;

namespace Sallyport.Watchdog.Tests.StatusPage;

public sealed class StatusJsonTests
{
    public static TheoryData<string> Names => ["well", "trouble", "unknown"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_picture_is_as_documented(string name) => Assert.Empty(Faults(StatusJson.Of(PictureOf(name), "gateway-7", Pictures.Now)));

    [Fact]
    public void So_is_one_with_hostile_names() => HostileNames.Any.Sample(
        text => Assert.Empty(Faults(StatusJson.Of(HostileNames.Picture(text), "gateway-7", Pictures.Now))), iter: 100);

    [Fact]
    public void It_says_what_the_page_says()
    {
        using JsonDocument document = JsonDocument.Parse(StatusJson.Of(Pictures.Trouble, "gateway-7", Pictures.Now));
        JsonElement root = document.RootElement;
        Assert.Equal(("alarms", "stalled"), (root.GetProperty("verdict").GetString(), root.GetProperty("delivery").GetProperty("state").GetString()));
        Assert.Equal(["attention", "attention", "attention", "attention", "broken"], root.GetProperty("chain").EnumerateArray().Select(stage => stage.GetProperty("state").GetString()));
        Assert.Equal((71, 111_600), (root.GetProperty("posture").GetProperty("score").GetInt32(), root.GetProperty("buffer").GetProperty("secondsToFull").GetInt32()));
        Assert.Equal([-0.2, 5.0], root.GetProperty("credentials").EnumerateArray().Take(2).Select(credential => credential.GetProperty("daysLeft").GetDouble()));
    }

    /// <summary>The tests of <c>sallyportctl status</c> read this file. After a deliberate change run this test once with <c>SALLYPORT_UPDATE_GOLDEN=1</c>.</summary>
    [Fact]
    public void The_command_line_is_tried_with_what_is_written_here()
    {
        var file = RepositoryRoot.Combine("tests", "sallyportctl.Tests", "Fixtures", "gateway-status.json");
        var written = StatusJson.Of(Pictures.Trouble, "gateway-7", Pictures.Now) + "\n";
        if (Environment.GetEnvironmentVariable("SALLYPORT_UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(file, written);
        }

        Assert.Equal(File.ReadAllText(file), written);
    }

    private static GatewayStatus PictureOf(string name) => name switch
    {
        "well" => Pictures.Well,
        "trouble" => Pictures.Trouble,
        _ => GatewayStatus.Unknown,
    };

    private static ImmutableArray<string> Faults(string json) => MessageSchema.Faults(StatusJson.Schema, Encoding.UTF8.GetBytes(json));
}
