using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.Watchdog;

HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddWatchdog();
return await EdgeModule.RunAsync(builder.Build());
