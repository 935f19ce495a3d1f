using System.Text;
using CsCheck;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Tests.Tables;

public sealed class PointTableReaderTests
{
    private const string Header = "device,name,group,table,address,type\n";

    [Fact]
    public void A_table_becomes_the_document_that_the_twin_would_have() => Assert.Equal(
        """
        {"a":{"flow":{"group":"fast","table":"holdingRegister","address":0,"type":"float32"},
        "7":{"group":"fast","table":"coil","address":12,"type":"bool"}},
        "b":{"flow":{"group":"slow","table":"inputRegister","address":300,"type":"uint32"}}}
        """.ReplaceLineEndings(""),
        Json(Header + "a,flow,fast,holdingRegister,0,float32\nb,flow,slow,inputRegister,300,uint32\na,7,fast,coil,12,bool\n"));

    [Fact]
    public void Columns_may_come_in_any_order_and_an_empty_cell_leaves_its_key_out() => Assert.Equal(
        """{"a":{"p":{"address":1,"group":"g"},"q":{"wordOrder":"CDAB","group":"g"}}}""",
        Json("wordOrder,address,name,group,device\n,1,p,g,a\nCDAB,,q,g,a\n"));

    [Fact]
    public void The_column_decides_what_a_cell_is_and_never_its_look() => Assert.Equal(
        """{"1":{"2":{"group":"3","address":4,"scale":0.10,"unit":"true","clamp":{"min":0,"max":1e2},"nullValues":[32768,-1],"enum":{"0":"off","1":"2"}}}}""",
        Json("device,name,group,address,scale,unit,clamp,nullValues,enum\n1,2,3,4,0.10,true,min=0;max=1e2,32768; -1,0=off;1=2\n"));

    [Theory]
    [InlineData("device,name,unit\na,p,m³/h\n")]
    [InlineData("\uFEFFdevice,name,unit\r\na,p,m³/h\r\n")]
    [InlineData("device;name;unit\ra;p;m³/h")]
    [InlineData("device\tname\tunit\na\tp\tm³/h\n")]
    [InlineData("\"device\",\"name\",\"unit\"\n\"a\",\"p\",\"m³/h\"\n")]
    [InlineData("\n\ndevice,name,unit\n\n,,\na,p,m³/h\n,,\n\n")]
    public void What_spreadsheets_write_is_understood(string csv) => Assert.Equal("""{"a":{"p":{"unit":"m³/h"}}}""", Json(csv));

    [Fact]
    public void A_quoted_cell_holds_separators_quotes_and_line_ends() => Assert.Equal(
        "a,\"\n;",
        Assert.IsType<PointTableReading.Read>(Read("device,name,unit\nd,p,\"a,\"\"\n;\"\n")).Table.ToElement().GetProperty("d").GetProperty("p").GetProperty("unit").GetString());

    // facts 2.20, 2.21: each fault is told with its line and its column.
    [Theory]
    [InlineData("a,p,fast,coil,twelve,bool\n", "line 2, column \"address\": \"twelve\" is not a whole number.")]
    [InlineData("a,p,fast,coil,1.5,bool\n", "line 2, column \"address\": \"1.5\" is not a whole number.")]
    [InlineData("a,p,fast,coil,1\n", "line 2: There are 5 cells, and 6 titles in the first line.")]
    [InlineData("a,p,fast,coil,1,bool,\n", "line 2: There are 7 cells, and 6 titles in the first line.")]
    [InlineData(",p,fast,coil,1,bool\n", "line 2, column \"device\": It is missing.")]
    [InlineData("a,,fast,coil,1,bool\n", "line 2, column \"name\": It is missing.")]
    [InlineData("a,p,fast,coil,1,bool\n\"a\",q,\"fa\nst\",coil,1,bool\na,p,fast,coil,1,bool\n", "line 5, column \"name\": a has a point p already, in line 2.")]
    [InlineData("a,p,\"fast,coil,1,bool\n", "line 2: There are 3 cells, and 6 titles in the first line.")]
    [InlineData("a,p,fa\"st,coil,1,bool\n", "line 2: There are 3 cells, and 6 titles in the first line.")]
    [InlineData("a,p,\"fast\"x,coil,1,bool\n", "line 2, column \"group\": The quotes do not fit: a cell in quotes ends with one, and a quote within it is written twice.")]
    [InlineData("a,p,fast,coil,1,bo\"o\"l\n", "line 2, column \"type\": There is a quote in a cell that does not begin with one: put the cell in quotes and write the quote twice.")]
    [InlineData("a,p,fast,coil,1,bool\na,\"q\"\"\",fast,coil,1,\"\n", "line 3, column \"type\": The quotes do not fit: a cell in quotes ends with one, and a quote within it is written twice.")]
    public void A_fault_is_told_with_its_line_and_column(string rows, string expected) => Assert.Equal(expected, Fault(Header + rows));

    [Theory]
    [InlineData("", "line 1: The file is empty; its first line has the titles of the columns: device, name, group, ")]
    [InlineData("device,name,adress\n", "line 1, column \"adress\": Unknown column; known are device, name, group, ")]
    [InlineData("device,name,Group\n", "line 1, column \"Group\": Unknown column; known are device, name, group, ")]
    [InlineData("device,name,group,group\n", "line 1, column \"group\": The column stands here twice.")]
    [InlineData("device,name,\n", "line 1, column \"\": A column has no title: delete it, or give it one.")]
    [InlineData("name,group\n", "line 1, column \"device\": The column is missing.")]
    [InlineData("device\n", "line 1, column \"name\": The column is missing.")]
    [InlineData("device,name,group;table\n", "line 1, column \"group;table\": Unknown column; known are device, name, group, ")]
    public void A_wrong_header_is_refused(string csv, string expected) => Assert.StartsWith(expected, Fault(csv), StringComparison.Ordinal);

    [Theory]
    [InlineData("scale", "\"0,1\"", "\"0,1\" is not a number: the decimal sign is a point.")]
    [InlineData("scale", "+1", "\"+1\" is not a number.")]
    [InlineData("scale", "NaN", "\"NaN\" is not a number.")]
    [InlineData("nullValues", "1;;2", "\"\" is not a number. Between two numbers stands a semicolon: 32768;65535.")]
    [InlineData("enum", "0=off;on", "\"0=off;on\" has not the form 0=off;1=on.")]
    [InlineData("enum", "off", "\"off\" has not the form 0=off;1=on.")]
    [InlineData("clamp", "min=low", "\"low\" is not a number.")]
    public void A_cell_that_is_not_what_its_column_holds_is_refused(string column, string cell, string reason) =>
        Assert.Equal($"line 2, column \"{column}\": {reason}", Fault($"device,name,{column}\na,p,{cell}\n"));

    [Fact]
    public void Another_encoding_is_refused_with_its_line()
    {
        Assert.Equal("line 1: The file is UTF-16: save it as CSV UTF-8.", Fault([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Header)]));
        Assert.Equal(
            "line 3: The line is not UTF-8: save the file as CSV UTF-8.", Fault(Encoding.Latin1.GetBytes("device,name,unit\na,p,m\na,q,m³\na,r,m\n")));
    }

    [Fact]
    public void What_is_too_large_is_refused_before_it_is_read()
    {
        Assert.Equal(
            "line 1: The file has 16777217 bytes; at most 16777216 are possible.", Fault(new byte[PointTableReader.MaxSizeInBytes + 1]));
        var csv = new StringBuilder("device,name\n");
        for (int i = 0; i <= PointTableReader.MaxPoints; i++)
        {
            csv.Append("a,").Append(i).Append('\n');
        }

        Assert.Equal("line 200002: A file has at most 200000 points.", Fault(csv.ToString()));
    }

    [Fact]
    public void An_open_quote_before_16_MiB_is_a_fault_and_no_crash()
    {
        byte[] csv = new byte[PointTableReader.MaxSizeInBytes];
        csv.AsSpan().Fill((byte)'x');
        "device,name\n\""u8.CopyTo(csv);
        Assert.StartsWith("line 2", Fault(csv), StringComparison.Ordinal);
    }

    [Fact]
    public void At_most_32_faults_are_told() => Assert.Equal(
        32,
        Assert.IsType<PointTableReading.Refused>(Read(Header + string.Concat(Enumerable.Repeat("a\n", 100)))).Faults.Length);

    [Fact]
    public void Any_bytes_are_read_or_refused_and_never_throw() => Gen.OneOf(
            Gen.Byte.Array[0, 60],
            AnyOf("device", "name", ",", ";", "\"", "\n", "\r", "a", "1", "enum", "=", "\\", "\u00e9", "\0").Array[0, 40]
                .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))),
            AnyOf(",", "\"", "\n", "\r", "a", "=", ";", "\\").Array[0, 40]
                .Select(parts => Encoding.UTF8.GetBytes("device,name,enum\na,p," + string.Concat(parts))))
        .Sample(
            bytes =>
            {
                _ = PointTableReader.Read(bytes);
                _ = PointDocumentReader.Read(bytes);
            },
            iter: 5_000);

    private static Gen<string> AnyOf(params string[] parts) => Gen.Int[0, parts.Length - 1].Select(i => parts[i]);

    private static PointTableReading Read(string csv) => PointTableReader.Read(Encoding.UTF8.GetBytes(csv));

    private static string Json(string csv) => Encoding.UTF8.GetString(Assert.IsType<PointTableReading.Read>(Read(csv)).Table.Json.Span)
        .Replace("\\u00B3", "³", StringComparison.Ordinal);

    private static string Fault(string csv) => Fault(Encoding.UTF8.GetBytes(csv));

    private static string Fault(byte[] csv) => Assert.IsType<PointTableReading.Refused>(PointTableReader.Read(csv)).Faults[0].ToString();
}
