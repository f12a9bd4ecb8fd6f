import './globals.css';
import type { Metadata } from 'next';
import subscribe from '@/actions/newsletter';
import { Header } from '@/components/header';

export const metadata: Metadata = {
  metadataBase: new URL('http://localhost:3000'),
  title: { default: 'Larch', template: '%s · Larch' },
  description: 'Quiet things for your desk.',
};

export default function RootLayout({ children }: LayoutProps<'/'>) {
  return (
    <html lang="en">
      <body>
        <Header />
        <main>{children}</main>
        <footer>
          <form action={subscribe} className="row">
            <label htmlFor="newsletter">One letter a month</label>
            <input
              id="newsletter"
              name="email"
              type="email"
              placeholder="you@example.com"
              required
            />
            <button>Subscribe</button>
          </form>
          <p>
            <a href="/feed.xml">Feed</a> · <a href="/help">Help</a>
          </p>
        </footer>
      </body>
    </html>
  );
}
