using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Tests.Modules;

public sealed class ModuleLogLineTests
{
    [Theory]
    [InlineData("""{"time":"t","level":"Warning","event":1,"category":"c","message":"No connection"}""", "Warning", "No connection")]
    [InlineData("""{"level":"Error","message":"Failed","exception":"System.IO.IOException: gone\n   at X"}""", "Error", "Failed (System.IO.IOException: gone)")]
    [InlineData("""{"message":"No level"}""", "", "No level")]
    [InlineData("plain text", "", "plain text")]
    [InlineData("", "", "")]
    [InlineData("{not JSON", "", "{not JSON")]
    [InlineData("""{"message":7}""", "", """{"message":7}""")]
    [InlineData("""{"a":1}""", "", """{"a":1}""")]
    public void A_line_is_condensed_when_it_is_of_the_log_and_kept_when_not(string line, string level, string message) =>
        Assert.Equal(new ModuleLogLine(level, message), ModuleLogLine.Read(line));
}
