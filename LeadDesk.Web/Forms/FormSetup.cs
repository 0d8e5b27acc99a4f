namespace LeadDesk.Web.Forms;

/// <summary>The open addresses of forms: where they are posted to, and the page of a hosted one.</summary>
internal static class FormSetup
{
    public static void AddFormDoor(this IServiceCollection services) => services.AddSingleton<FormUploads>();

    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        routes.MapFormPosts();
        routes.MapHostedForms();
    }
}
