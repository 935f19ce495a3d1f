using System.Globalization;
using Sallyport.TestKit;
using Sallyport.Watchdog.Annunciator;

namespace Sallyport.Watchdog.Tests.Annunciator;

/// <summary>The bytes for the kernel, judged by its own header and a C compiler.</summary>
public sealed class GpioHeaderTests
{
    private const string Program = """
        #include <linux/gpio.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <string.h>
        #include <unistd.h>
        int main(void) {
          struct gpio_v2_line_request r; struct gpio_v2_line_values v;
          memset(&r, 0, sizeof r); memset(&v, 0, sizeof v);
          r.offsets[0] = 17; strcpy(r.consumer, "sallyport-watchdog"); r.num_lines = 1;
          r.config.flags = GPIO_V2_LINE_FLAG_OUTPUT | GPIO_V2_LINE_FLAG_ACTIVE_LOW;
          v.bits = 1; v.mask = 1;
          printf("%llu %llu %zu ", (unsigned long long)GPIO_V2_GET_LINE_IOCTL, (unsigned long long)GPIO_V2_LINE_SET_VALUES_IOCTL, offsetof(struct gpio_v2_line_request, fd));
          for (size_t i = 0; i < sizeof r; i++) printf("%02X", ((unsigned char *)&r)[i]);
          printf(" ");
          for (size_t i = 0; i < sizeof v; i++) printf("%02X", ((unsigned char *)&v)[i]);
          return 0;
        }
        """;

    [Fact]
    public async Task Requests_are_those_of_the_header_byte_for_byte()
    {
        var compiler = Peer.Require("gcc");
        if (!File.Exists("/usr/include/linux/gpio.h"))
        {
            Peer.Missing("The headers of the kernel are not installed.");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("sallyport-gpio-");
        try
        {
            var source = Path.Combine(folder.FullName, "header.c");
            var program = Path.Combine(folder.FullName, "header");
            await File.WriteAllTextAsync(source, Program, TestContext.Current.CancellationToken);
            _ = await Command.RunAsync(compiler, "-o", program, source);
            var said = await Command.RunAsync(program);
            Assert.Equal(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{GpioLineRequest.Take} {GpioLineRequest.SetValues} {GpioLineRequest.DescriptorOffset} {Convert.ToHexString(GpioLineRequest.Encode(17, isActiveLow: true))} {Convert.ToHexString(GpioLineRequest.EncodeValue(isOn: true))}"),
                said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
