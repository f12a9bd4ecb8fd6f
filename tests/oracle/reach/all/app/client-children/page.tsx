import { Box } from '@/components/box';
import { InsideBox } from '@/components/inside-box';

export default function Page() {
  return <Box>
    <InsideBox />
  </Box>;
}
