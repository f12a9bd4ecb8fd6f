import type { ReactNode } from 'react';

type Props = { children: ReactNode; team: ReactNode; ana: ReactNode };

export default function Layout({ children, team, ana }: Props) {
  return (
    <>
      {children}
      {team}
      {ana}
    </>
  );
}
