# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# The packages first: they change less often than the code, so their layer is mostly taken from the cache.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY LeadDesk.Core/LeadDesk.Core.csproj LeadDesk.Core/
COPY LeadDesk.Web/LeadDesk.Web.csproj LeadDesk.Web/BlazorScript.targets LeadDesk.Web/
# Here the SDK's own Blazor script is used, see LeadDesk.Web/BlazorScript.targets.
RUN dotnet restore LeadDesk.Web -p:BlazorScript=sdk

COPY LeadDesk.Core/ LeadDesk.Core/
COPY LeadDesk.Web/ LeadDesk.Web/
RUN dotnet publish LeadDesk.Web -c Release --no-restore -p:BlazorScript=sdk -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS app
# The system's SQLite gets security updates; the one inside the package does not.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-0 \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /data && chown "$APP_UID:$APP_UID" /data
WORKDIR /app
COPY --from=build /app ./

ENV ASPNETCORE_URLS=http://+:5080 \
    LeadDesk__DataFolder=/data
EXPOSE 5080
VOLUME /data
USER $APP_UID

# The image has no curl; the app asks itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["dotnet", "LeadDesk.Web.dll", "--health-check", "http://127.0.0.1:5080/health/live"]

ENTRYPOINT ["dotnet", "LeadDesk.Web.dll"]
