using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.ModbusReader;

HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddModbusReader();
return await EdgeModule.RunAsync(builder.Build());
