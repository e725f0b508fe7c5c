/** The sign-in page (`/sign-in`). */
import '../../shell/start';
import '../../styles/sign-in.css';
import './sign-in-page';
