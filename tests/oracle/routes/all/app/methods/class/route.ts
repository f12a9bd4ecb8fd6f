class Handler {
  static async GET() {
    return new Response('ok');
  }
}

export const GET = Handler.GET;
